import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { resultFiles } from '../../src/commands/evaluation/results-folder.ts'
import { evaluationOptionsSchema } from '../../src/evaluations/options.ts'
import { finishRun } from '../../src/evaluations/running/finish-run.ts'
import { KeptRows } from '../../src/evaluations/running/kept-rows.ts'
import { scoreItems } from '../../src/evaluations/running/local-run.ts'
import { openSpool } from '../../src/evaluations/running/spool.ts'
import { writePieces } from '../../src/evaluations/running/write-pieces.ts'
import type { Items } from '../../src/evaluations/sources/item.ts'
import { openDataset } from '../../src/evaluations/sources/open-dataset.ts'
import type { Summary } from '../../src/evaluations/summary/summary.ts'
import { defaultLimits } from '../../src/limits.ts'
import { classNames } from '../../src/scoring/request/class-list.ts'
import { parseScoreOptions } from '../../src/scoring/request/parse-options.ts'
import type { TaskRunner } from '../../src/tasks/runner.ts'
import { Pool } from '../../src/workers/pool.ts'

export const threads = availableParallelism()

/** A pool as `evaluate` has it, its code compiled. */
export async function warmPool(): Promise<Pool> {
  const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
  const pool = new Pool({ threads, context, workerMemory: 2 ** 30, stuckMs: 600_000 })
  await pool.warmUp()
  return pool
}

const scoring = parseScoreOptions({ ignore_labels: [255] })

/** What a stage of a run took. */
export interface Taken {
  readonly seconds: number
  /** CPU of all threads of this process. */
  readonly cpuSeconds: number
}

export interface FolderRun {
  readonly items: number
  readonly list: Taken
  readonly score: Taken
  readonly finish: Taken
  /** Of the files that every finished run leaves; nothing where none were asked for. */
  readonly write: Taken
  readonly summary: Summary
}

/**
 * Evaluates a folder or an archive in this process: lists it, scores its items, and finishes the summary.
 * @param out an empty folder for the files of the run
 */
export async function scoreFolder(
  groundTruth: string,
  prediction: string,
  runner: TaskRunner,
  intervals: 'none' | 'summary' = 'none',
  out?: string,
): Promise<FolderRun> {
  const request = { groundTruth, prediction }
  const [dataset, list] = await taking(() => openDataset(request, defaultLimits))
  const run = await scoreList(dataset.items, runner, runner, intervals, out)
  dataset.close()
  return { ...run, list }
}

/** @param finisher computes the replicates */
export async function scoreList(
  items: Items,
  runner: TaskRunner,
  finisher: TaskRunner,
  intervals: 'none' | 'summary',
  out?: string,
): Promise<Omit<FolderRun, 'list'>> {
  const evaluation = evaluationOptionsSchema.parse({ labels: 'classes', intervals })
  const kept = new KeptRows(openSpool(), items.length)
  const [, score] = await taking(() =>
    scoreItems({
      items,
      count: items.length,
      run: { scoring, labels: 'classes', evaluation },
      runner,
      lanes: 2 * threads,
      turnMs: 200,
      onRows: (scored, lines) => kept.append(scored, lines),
    }),
  )
  const names = classNames(undefined)
  const facts = { items: items.length, labels: 'classes', names, scoring, evaluation, matching: {} } as const
  const [summary, finish] = await taking(() => finishRun({ rows: kept.kept(), run: facts, runner: finisher }))
  const [, write] = await taking(async () => {
    if (out === undefined) return
    const files = resultFiles({ summary }, kept, [])
    for (const name of Object.keys(files)) writePieces(join(out, name), files[name])
  })
  return { items: items.length, score, finish, write, summary }
}

async function taking<T>(work: () => Promise<T>): Promise<[T, Taken]> {
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const { user, system } = process.cpuUsage(cpu)
  return [result, { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 }]
}

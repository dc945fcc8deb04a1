import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Pool } from '../../src/workers/pool.ts'
import { datasetFolder } from '../dataset/folder.ts'
import { scoreFolder, threads, warmPool } from '../dataset/score-folder.ts'
import { flags } from '../flags.ts'
import { pairSpecs } from '../images/pair-spec.ts'
import { median } from '../measure.ts'
import { type Cell, printTable } from '../table.ts'
import { atLeast } from '../verdict.ts'
import { beginRun, deleteRun, doneRun } from './run-client.ts'
import { type EvaluatingService, startEvaluating } from './service-with-roots.ts'

const goal = 0.9
const pairs = ['a', 'b'] as const
const options = { labels: 'classes', ignore_labels: [255] }

/** Seconds of one run, by what is in them. */
interface Taken {
  /** From the first item to the summary. */
  readonly scoring: number
  /** From the call or the start of the process to its end. */
  readonly whole: number
}

/** The same folders through the service and by the command, with the same threads. */
export async function throughput(): Promise<void> {
  // About half a second of each run is its plan, its queue and its last shards: a short one would measure these.
  const items = flags.items ?? (flags.quick ? 200 : 6000)
  const rows: Cell[][] = []
  for (const pair of pairs) rows.push(await compare(pair, items))
  printTable({
    title: `${items} pairs as an evaluation of the service, and by the command line`,
    reading: `Pairs a second with ${threads} threads each, medians of ${flags.rounds} rounds. *Scoring* is from the first item until rows and summary are on the disk, without what a process pays once: of the command in one that is warm. *Whole* is what a user waits for: from the call to the state "done", and from the start of the command to its end.`,
    columns: [
      'pairs',
      'service, scoring',
      'command, scoring',
      'service / command',
      'service, whole',
      'command, whole',
      'service / command, whole',
    ],
    rows,
  })
}

async function compare(pair: (typeof pairs)[number], items: number): Promise<Cell[]> {
  const folder = datasetFolder(pair, pairSpecs[pair], items)
  const pool = await warmPool()
  const service = await startEvaluating(folder, {
    MASKSCORE_THREADS: String(threads),
    MASKSCORE_EVALUATION_THREADS: String(threads),
  })
  const [byService, byCommand]: Taken[][] = [[], []]
  try {
    // Code that is not compiled yet would be measured with the first round.
    await throughService(service)
    for (let round = 0; round < flags.rounds; round++) {
      byService.push(await throughService(service))
      byCommand.push({ scoring: await byWarmProcess(folder, pool), whole: await byNewProcess(folder) })
    }
  } finally {
    await service.stop()
    await pool.close()
  }
  const rate = (taken: readonly Taken[], part: keyof Taken) => items / median(taken.map((one) => one[part]))
  const { width, height } = pairSpecs[pair]
  const compared = (part: keyof Taken) => [rate(byService, part), rate(byCommand, part)]
  const [scoring, whole] = [compared('scoring'), compared('whole')]
  return [
    `${width}×${height}`,
    ...scoring,
    atLeast(scoring[0] / scoring[1], goal),
    ...whole,
    `${(whole[0] / whole[1]).toFixed(2)}×`,
  ]
}

async function throughService({ url }: EvaluatingService): Promise<Taken> {
  const source = (path: string) => ({ root: 'pairs', path })
  const begun = performance.now()
  const address = await beginRun(url, { ground_truth: source('gt'), prediction: source('pred'), options })
  const { started_at, finished_at } = await doneRun(address)
  const whole = (performance.now() - begun) / 1000
  await deleteRun(address)
  return { scoring: (Date.parse(finished_at ?? '') - Date.parse(started_at ?? '')) / 1000, whole }
}

/** This process as the command, without what it pays at its start. Leaves the same rows and summary on the disk. */
async function byWarmProcess(folder: string, pool: Pool): Promise<number> {
  const out = mkdtempSync(join(tmpdir(), 'maskscore-bench-out-'))
  try {
    const sides = [join(folder, 'gt'), join(folder, 'pred')] as const
    const { score, finish, write } = await scoreFolder(...sides, pool, 'summary', out)
    return score.seconds + finish.seconds + write.seconds
  } finally {
    rmSync(out, { recursive: true })
  }
}

async function byNewProcess(folder: string): Promise<number> {
  const cli = join(import.meta.dirname, '../../src/cli.ts')
  const sides = ['gt', 'pred'].map((side) => join(folder, side))
  const settings = ['--threads', String(threads), '--options', JSON.stringify(options), '--progress', 'none']
  const begun = performance.now()
  const child = spawn(process.execPath, [cli, 'evaluate', ...sides, ...settings], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [status] = await once(child, 'exit')
  if (status !== 0) throw new Error(`evaluate ended with ${status}`)
  return (performance.now() - begun) / 1000
}

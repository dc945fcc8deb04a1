import { closeSync, fstatSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { classNames } from '../../scoring/request/class-list.ts'
import type { TaskRunner } from '../../tasks/runner.ts'
import { parseCheck, runChecks } from '../checks/checks.ts'
import { writeItemColumns } from '../items/write-item-columns.ts'
import type { Matching } from '../matching/matching.ts'
import { pooledHeadline } from '../summary/pooled-headline.ts'
import type { HeadlineScores, Summary } from '../summary/summary.ts'
import { finishRun } from './finish-run.ts'
import { openKept, parseKept, readKept } from './kept-json.ts'
import { linesOfFile } from './lines-of-file.ts'
import { matchingName, type Plan, planName } from './plan-run.ts'
import type { KeptRow } from './row-line.ts'
import { writePieces } from './write-pieces.ts'

/** What finishing is given. Plain data. */
export interface FinishRequest {
  /** Of the run, with its plan. */
  readonly folder: string
  /** Files of rows that hold all items in manifest order when read one behind the other. */
  readonly files: readonly string[]
}

/** What a database keeps of a summary. */
export interface Finished {
  readonly complete: boolean
  readonly items: Summary['items']
  readonly headline: HeadlineScores
  readonly fingerprint: Summary['fingerprint']
}

export const summaryName = 'summary.json'

/**
 * Writes `summary.json`, the same bytes as the command line writes for the same dataset and options, and what items are found
 * by. Runs in a thread of its own, whose runner shares the replicates between other threads.
 */
export async function finishStoredRun(
  { folder, files }: FinishRequest,
  runner: TaskRunner,
): Promise<Finished> {
  const plan = readKept<Plan>(join(folder, planName))
  const matching = readKept<Matching>(join(folder, matchingName))
  const { scoring, labels, evaluation } = plan.run
  const names = classNames(scoring.classes)
  const run = { items: plan.items, labels, names, scoring, evaluation, matching: { ...matching } }
  const finish = (asEmpty: boolean) => finishRun({ rows: keptRows(files), run, runner, asEmpty })
  const answered = await finish(false)
  const checks = plan.checks.map(parseCheck)
  const asEmpty = answered.complete || checks.length === 0 ? answered : await finish(true)
  const summary: Summary = { ...answered, checks: runChecks(checks, answered, asEmpty) }
  await writeItemColumns({
    files,
    items: plan.items,
    folder,
    hasClasses: summary.pooled.overlap !== null,
    names: summary.classes,
  })
  writePieces(join(folder, `${summaryName}.new`), [`${JSON.stringify(summary, null, 2)}\n`])
  renameSync(join(folder, `${summaryName}.new`), join(folder, summaryName))
  const { complete, items, fingerprint } = summary
  return { complete, items, headline: pooledHeadline(summary), fingerprint }
}

/** The rows of files, one behind the other. @throws Refusal RESULTS_DAMAGED */
export function* keptRows(files: readonly string[]): Generator<KeptRow> {
  for (const path of files) {
    const file = openKept(path)
    try {
      for (const line of linesOfFile(file, fstatSync(file).size))
        yield parseKept<KeptRow>(line.toString(), basename(path))
    } finally {
      closeSync(file)
    }
  }
}

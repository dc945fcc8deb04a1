import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { classNames } from '../../scoring/request/class-list.ts'
import type { TaskRunner } from '../../tasks/runner.ts'
import { parseCheck, runChecks } from '../checks/checks.ts'
import { ItemColumns } from '../items/item-columns.ts'
import { writeColumnsOf } from '../items/write-item-columns.ts'
import type { Matching } from '../matching/matching.ts'
import { pooledHeadline } from '../summary/pooled-headline.ts'
import type { HeadlineScores, Summary } from '../summary/summary.ts'
import { collectRows, finishCollected, finishRun } from './finish-run.ts'
import { keptRows, type PlacedRow, placedRows } from './kept-files.ts'
import { readKept } from './kept-json.ts'
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
  const columns = new ItemColumns(plan.items)
  const collection = await collectRows({ rows: noted(placedRows(files, plan.items), columns), run })
  const answered = await finishCollected(collection, { run, runner })
  const checks = plan.checks.map(parseCheck)
  const asEmpty =
    answered.complete || checks.length === 0
      ? answered
      : await finishRun({ rows: keptRows(files), run, runner, asEmpty: true })
  const summary: Summary = { ...answered, checks: runChecks(checks, answered, asEmpty) }
  const joint = summary.pooled.overlap === null ? undefined : collection.tally.joint
  writeColumnsOf(columns, { files, folder, names: summary.classes, joint })
  writePieces(join(folder, `${summaryName}.new`), [`${JSON.stringify(summary, null, 2)}\n`])
  renameSync(join(folder, `${summaryName}.new`), join(folder, summaryName))
  const { complete, items, fingerprint } = summary
  return { complete, items, headline: pooledHeadline(summary), fingerprint }
}

/** The rows as they pass, each noted in the columns. */
function* noted(rows: Iterable<PlacedRow>, columns: ItemColumns): Generator<KeptRow> {
  for (const { row, place } of rows) {
    columns.add(row, place)
    yield row
  }
}

import { setImmediate as breathe } from 'node:timers/promises'
import type { TaskRunner } from '../../tasks/runner.ts'
import { apReplicateCount } from '../bootstrap/ap-replicates.ts'
import { asEmpty } from '../rows/as-empty.ts'
import type { RunFacts } from '../run-facts.ts'
import { RowCollection } from '../summary/row-collection.ts'
import { draftSummary, finishSummary } from '../summary/summarise.ts'
import type { Summary } from '../summary/summary.ts'
import { listsInRanges } from './in-ranges.ts'
import type { KeptRow } from './row-line.ts'

/** So many rows are read before anything else may have its turn. */
const rowsAtOnce = 1000
/** Replicates of AP that a thread takes at a time: each takes some milliseconds. */
const apRange = 25

interface Finishing {
  /** In manifest order. */
  readonly rows: Iterable<KeptRow>
  readonly run: RunFacts
  readonly runner: TaskRunner
  /** Counts failed and skipped items as empty predictions. */
  readonly asEmpty?: boolean
}

/** The summary of a run: `finish`, with the replicates of its intervals shared between threads. */
export async function finishRun({
  rows: given,
  run,
  runner,
  asEmpty: fill = false,
}: Finishing): Promise<Summary> {
  const collection = new RowCollection(run.evaluation.seed, run.items)
  let read = 0
  for (const { joint_table, ...row } of given) {
    collection.add(fill ? asEmpty(row) : row)
    if (joint_table) collection.addJoint(joint_table)
    if (++read % rowsAtOnce === 0) await breathe()
  }
  const draft = draftSummary(collection, run)
  if (!draft.task) return finishSummary(draft, run)
  const { replicates } = run.evaluation
  const rows = draft.columns.size
  const values = await listsInRanges('replicates', draft.task, { replicates, rows, runner })
  const sharing = { replicates: apReplicateCount(replicates), rows, most: apRange, runner }
  const ofAp = draft.apTask && (await listsInRanges('ap_replicates', draft.apTask, sharing))
  return finishSummary(draft, run, values, ofAp)
}

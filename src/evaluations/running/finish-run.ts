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

interface Collecting {
  /** In manifest order. */
  readonly rows: Iterable<KeptRow>
  readonly run: RunFacts
  /** Counts failed and skipped items as empty predictions. */
  readonly asEmpty?: boolean
}

interface Finishing extends Collecting {
  readonly runner: TaskRunner
}

/** The summary of a run: `finish`, with the replicates of its intervals shared between threads. */
export const finishRun = async (finishing: Finishing): Promise<Summary> =>
  finishCollected(await collectRows(finishing), finishing)

/** Reads the rows, while others have their turns. */
export async function collectRows({ rows, run, asEmpty: fill = false }: Collecting): Promise<RowCollection> {
  const collection = new RowCollection(run.evaluation.seed, run.items)
  let read = 0
  for (const row of rows) {
    collection.add(fill ? asEmpty(row) : row)
    if (row.joint_table) collection.addJoint(row.joint_table)
    if (++read % rowsAtOnce === 0) await breathe()
  }
  return collection
}

/** The summary of rows that were read. */
export async function finishCollected(
  collection: RowCollection,
  { run, runner }: Pick<Finishing, 'run' | 'runner'>,
): Promise<Summary> {
  const draft = draftSummary(collection, run)
  if (!draft.task) return finishSummary(draft, run)
  const { replicates } = run.evaluation
  const rows = draft.columns.size
  const values = await listsInRanges('replicates', draft.task, { replicates, rows, runner })
  const sharing = { replicates: apReplicateCount(replicates), rows, most: apRange, runner }
  const ofAp = draft.apTask && (await listsInRanges('ap_replicates', draft.apTask, sharing))
  return finishSummary(draft, run, values, ofAp)
}

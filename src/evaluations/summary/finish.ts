import { apReplicateCount, apReplicates } from '../bootstrap/ap-replicates.ts'
import { replicateValues } from '../bootstrap/replicates.ts'
import type { ItemRow, JointTriple } from '../rows/item-row.ts'
import type { RunFacts } from '../run-facts.ts'
import { RowCollection } from './row-collection.ts'
import { draftSummary, finishSummary } from './summarise.ts'
import type { Summary } from './summary.ts'

/**
 * The summary of a run from all its rows, in one thread. Who has more threads hands `draft.task` to them and puts the
 * lists of `replicateValues` one behind the other.
 * @param rows of every item of the manifest, in its order
 * @param joints the joint tables that were too long for their rows
 */
export function finish(
  rows: Iterable<ItemRow>,
  run: RunFacts,
  joints: Iterable<readonly JointTriple[]> = [],
): Summary {
  const collection = new RowCollection(run.evaluation.seed)
  for (const row of rows) collection.add(row)
  for (const joint of joints) collection.addJoint(joint)
  const draft = draftSummary(collection, run)
  const { replicates } = run.evaluation
  const values = draft.task && replicateValues(draft.task, { first: 0, count: replicates })
  const ofAp = { first: 0, count: apReplicateCount(replicates) }
  return finishSummary(draft, run, values, draft.apTask && apReplicates(draft.apTask, ofAp))
}

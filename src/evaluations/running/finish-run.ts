import { setImmediate as breathe } from 'node:timers/promises'
import { Refusal } from '../../problems/refusal.ts'
import type { TaskRunner } from '../../tasks/runner.ts'
import { type ApTask, apReplicateCount } from '../bootstrap/ap-replicates.ts'
import type { ReplicateTask } from '../bootstrap/replicates.ts'
import type { ReplicateRange } from '../bootstrap/weighted-sums.ts'
import { asEmpty } from '../rows/as-empty.ts'
import type { RunFacts } from '../run-facts.ts'
import { RowCollection } from '../summary/row-collection.ts'
import { draftSummary, finishSummary } from '../summary/summarise.ts'
import type { Summary } from '../summary/summary.ts'
import type { ApReplicateRequest, ReplicateRequest } from './performers.ts'
import type { KeptRow } from './row-line.ts'

/** So many rows are read before anything else may have its turn. */
const rowsAtOnce = 1000
/** A range of replicates takes a thread some seconds at most. */
const maxRange = 512
const maxRowsTimesReplicates = 2e8
/** Of AP, of which each takes some milliseconds. */
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
export async function finishRun({ rows, run, runner, asEmpty: fill = false }: Finishing): Promise<Summary> {
  const collection = new RowCollection()
  let read = 0
  for (const { joint_table, ...row } of rows) {
    collection.add(fill ? asEmpty(row) : row)
    if (joint_table) collection.addJoint(joint_table)
    if (++read % rowsAtOnce === 0) await breathe()
  }
  const draft = draftSummary(collection, run)
  if (!draft.task) return finishSummary(draft, run)
  const { replicates } = run.evaluation
  const values = await replicatesOf(draft.task, replicates, runner)
  const ofAp = draft.apTask && (await apReplicatesOf(draft.apTask, apReplicateCount(replicates), runner))
  return finishSummary(draft, run, values, ofAp)
}

async function replicatesOf(
  task: ReplicateTask,
  replicates: number,
  runner: TaskRunner,
): Promise<Float64Array[]> {
  const ranges = rangesOf(replicates, task.columns.size)
  // Numbers are shared with the threads; keys would be copied for each, and no replicate asks for them.
  const { detections: _, ...columns } = task.columns
  const shared = { ...task, columns: { ...columns, keys: [] } }
  const asked = (range: ReplicateRange) => replicatesOfRange('replicates', { task: shared, range }, runner)
  return joined(ranges, await Promise.all(ranges.map(asked)))
}

async function apReplicatesOf(task: ApTask, replicates: number, runner: TaskRunner): Promise<Float64Array[]> {
  const ranges = rangesOf(replicates, task.groups.length, apRange)
  const asked = (range: ReplicateRange) => replicatesOfRange('ap_replicates', { task, range }, runner)
  return joined(ranges, await Promise.all(ranges.map(asked)))
}

/** The values of each statistic in all ranges, one behind the other. */
function joined(ranges: readonly ReplicateRange[], parts: readonly Float64Array[][]): Float64Array[] {
  const replicates = ranges.reduce((sum, { count }) => sum + count, 0)
  return parts[0].map((_, statistic) => {
    const values = new Float64Array(replicates)
    ranges.forEach(({ first }, part) => {
      values.set(parts[part][statistic], first)
    })
    return values
  })
}

function rangesOf(replicates: number, rows: number, most = maxRange): ReplicateRange[] {
  const size = Math.max(1, Math.min(most, Math.floor(maxRowsTimesReplicates / rows)))
  return Array.from({ length: Math.ceil(replicates / size) }, (_, range) => ({
    first: range * size,
    count: Math.min(size, replicates - range * size),
  }))
}

async function replicatesOfRange(
  call: 'replicates' | 'ap_replicates',
  value: ReplicateRequest | ApReplicateRequest,
  runner: TaskRunner,
): Promise<Float64Array[]> {
  const { outcome } = await runner.run({
    call,
    body: { type: 'data', value },
    isBackground: true,
  })
  if (!outcome.ok) throw new Refusal(outcome.code, outcome.detail, outcome.errors, outcome.remedy)
  const all = new Float64Array(outcome.body.slice().buffer)
  const { count } = value.range
  return Array.from({ length: all.length / count }, (_, k) => all.subarray(k * count, (k + 1) * count))
}

import { Refusal } from '../../problems/refusal.ts'
import type { TaskRunner } from '../../tasks/runner.ts'
import type { ReplicateRange } from '../bootstrap/weighted-sums.ts'

/** A range of replicates takes a thread some seconds at most. */
const maxRange = 512
const maxRowsTimesReplicates = 4e8

/** What a thread is handed: what to resample, plain data, and in which replicates. */
export interface RangeRequest<Task> {
  readonly task: Task
  readonly range: ReplicateRange
}

/** How the replicates 0 to `replicates − 1` are shared. */
interface Sharing {
  readonly replicates: number
  /** Rows that each replicate goes over. */
  readonly rows: number
  /** Most replicates of a range. */
  readonly most?: number
  readonly runner: TaskRunner
}

/** The numbers that a call gives for each range of replicates, which threads share. */
export function inRanges(
  call: string,
  task: object,
  { replicates, rows, most = maxRange, runner }: Sharing,
): Promise<{ readonly range: ReplicateRange; readonly numbers: Float64Array }[]> {
  const size = Math.max(1, Math.min(most, Math.floor(maxRowsTimesReplicates / rows)))
  const ranges = Array.from({ length: Math.ceil(replicates / size) }, (_, range) => ({
    first: range * size,
    count: Math.min(size, replicates - range * size),
  }))
  return Promise.all(
    ranges.map(async (range) => ({ range, numbers: await inThread(call, { task, range }, runner) })),
  )
}

async function inThread(
  call: string,
  value: RangeRequest<object>,
  runner: TaskRunner,
): Promise<Float64Array> {
  const { outcome } = await runner.run({ call, body: { type: 'data', value }, isBackground: true })
  if (!outcome.ok) throw new Refusal(outcome.code, outcome.detail, outcome.errors, outcome.remedy)
  return new Float64Array(outcome.body.slice().buffer)
}

/** One list for each statistic, over all replicates, from those of the ranges: each holds a statistic behind the other. */
export async function listsInRanges(call: string, task: object, sharing: Sharing): Promise<Float64Array[]> {
  const parts = await inRanges(call, task, sharing)
  const [{ range, numbers }] = parts
  return Array.from({ length: numbers.length / range.count }, (_, statistic) => {
    const values = new Float64Array(sharing.replicates)
    for (const part of parts) {
      const { first, count } = part.range
      values.set(part.numbers.subarray(statistic * count, (statistic + 1) * count), first)
    }
    return values
  })
}

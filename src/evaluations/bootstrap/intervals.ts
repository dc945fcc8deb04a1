import type { IntervalNote, Intervals } from '../summary/summary.ts'
import { contributingGroups } from './contributing-groups.ts'
import { expandedPercentile } from './expanded-percentile.ts'
import { medianInterval } from './median-interval.ts'
import type { ReplicateTask } from './replicates.ts'
import { Statistics } from './statistics.ts'
import { SumLayout } from './sum-layout.ts'

/**
 * The intervals of a summary.
 *
 * @param values what `replicateValues` gave for all replicates
 * @param observed whether the summary has a value at a pointer; what has none gets no interval
 */
export function intervals(
  task: ReplicateTask,
  values: readonly Float64Array[],
  level: number,
  observed: (pointer: string) => boolean,
): Intervals {
  const { columns, wanted, lists, seed } = task
  const found: Record<string, readonly [number, number] | null> = {}
  const notes: Record<string, IntervalNote> = {}
  const groupsOf = contributingGroups(columns)
  new Statistics(new SumLayout(columns, wanted), lists).list.forEach(({ pointer, of }, k) => {
    if (!observed(pointer)) return
    const { interval, note } = expandedPercentile(values[k], groupsOf(of), level)
    found[pointer] = interval
    if (note) notes[pointer] = note
  })
  if (!columns.hasGroups)
    for (const [score, scores] of columns.scores) {
      const pointer = `/macro/${score}/median`
      if (!observed(pointer)) continue
      found[pointer] = medianInterval(Float64Array.from(scores).filter(isNumber).sort(), level)
      if (found[pointer] === null) notes[pointer] = 'too_few_groups'
    }
  const replicates = values[0]?.length ?? 0
  return { level, replicates, seed, groups: columns.groups.length, values: found, notes }
}

const isNumber = (value: number): boolean => !Number.isNaN(value)

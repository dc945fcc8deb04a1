import type { EvaluationOptions } from '../options.ts'
import { pooledPointer } from '../summary/headline.ts'
import { ascendingValues } from '../summary/quantiles.ts'
import type { IntervalNote, Intervals } from '../summary/summary.ts'
import type { ApTask } from './ap-replicates.ts'
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
 * @param ofAp what `apReplicates` gave, where they were asked for
 * @param observed whether the summary has a value at a pointer; what has none gets no interval
 */
export function intervals(
  task: ReplicateTask,
  values: readonly Float64Array[],
  ofAp: { readonly task: ApTask; readonly values: readonly Float64Array[] } | undefined,
  { level, seed }: Pick<EvaluationOptions, 'level' | 'seed'>,
  observed: (pointer: string) => boolean,
): Intervals {
  const { columns, wanted, lists } = task
  const found: Record<string, readonly [number, number] | null> = {}
  const notes: Record<string, IntervalNote> = {}
  const groupsOf = contributingGroups(columns)
  const add = (pointer: string, ofReplicates: Float64Array, groups: number) => {
    if (!observed(pointer)) return
    const { interval, note } = expandedPercentile(ofReplicates, groups, level)
    found[pointer] = interval
    if (note) notes[pointer] = note
  }
  new Statistics(new SumLayout(columns, wanted), lists).list.forEach(({ pointer, of }, k) => {
    add(pointer, values[k], groupsOf(of))
  })
  apPointers.forEach((pointer, k) => {
    if (ofAp) add(pointer, ofAp.values[k], ofAp.task.contributing)
  })
  const room = new Float64Array(columns.hasGroups ? 0 : columns.size)
  if (!columns.hasGroups)
    for (const [score, scores] of columns.scores) {
      const pointer = `/macro/${score}/median`
      if (!observed(pointer)) continue
      found[pointer] = medianInterval(ascendingValues(scores, room), level)
      if (found[pointer] === null) notes[pointer] = 'too_few_groups'
    }
  const replicates = values[0]?.length ?? 0
  return {
    level,
    replicates,
    ...(ofAp && { detection_replicates: ofAp.values[0].length }),
    seed,
    groups: columns.groups,
    values: found,
    notes,
  }
}

/** In the order of `apReplicates`. */
const apPointers = [pooledPointer.ap, pooledPointer.ap50]

import { lossOf } from '../../metrics/information/mi-loss.ts'
import { detectionOf } from '../../metrics/instances/detection.ts'
import { pooledPanoptic } from '../summary/pooled-panoptic.ts'
import { classStatistics } from './class-statistics.ts'
import { lesionStatistics } from './lesion-statistics.ts'
import { mapStatistics } from './map-statistics.ts'
import { quotient, type Statistic, type StatisticPart, type SummaryLists, withoutValue } from './statistic.ts'
import type { SumLayout } from './sum-layout.ts'

/** The statistics of a layout, and their values from a vector of its sums. */
export class Statistics {
  readonly list: readonly Statistic[]
  readonly #parts: readonly StatisticPart[]

  constructor(layout: SumLayout, lists: SummaryLists) {
    this.#parts = [
      lossPart(layout),
      ...classStatistics(layout, lists),
      ...(layout.columns.panoptic.labels.length > 0 ? [panopticPart(layout)] : []),
      ...(layout.columns.objectsAtHalf && lists.half >= 0 ? [halfPart(layout, lists.half)] : []),
      ...lesionStatistics(layout, lists),
      ...mapStatistics(layout, lists),
      macroPart(layout),
    ]
    this.list = this.#parts.flatMap(({ statistics }) => statistics)
  }

  /** The value of every statistic, in the order of `list`; NaN where it is undefined. */
  values(sums: Float64Array): Float64Array {
    const values = new Float64Array(this.list.length)
    let k = 0
    for (const { evaluate } of this.#parts)
      for (const score of evaluate(sums)) values[k++] = typeof score === 'number' ? score : Number.NaN
    return values
  }
}

function lossPart(layout: SumLayout): StatisticPart {
  return {
    statistics: [{ pointer: '/pooled/mi_loss', of: { kind: 'pixels' } }],
    evaluate: (sums) => {
      if (sums[layout.pixels] === 0) return [withoutValue]
      const entropies = { split: sums[layout.split], merge: sums[layout.merge], mutual: sums[layout.mutual] }
      return [lossOf(entropies).mi_loss]
    },
  }
}

function panopticPart(layout: SumLayout): StatisticPart {
  const { labels } = layout.columns.panoptic
  return {
    statistics: ['pq', 'sq', 'rq'].map((name) => ({
      pointer: `/pooled/panoptic/${name}`,
      of: { kind: 'objects' } as const,
    })),
    evaluate: (sums) => {
      const categories = labels.map((label, k) => {
        const start = layout.panoptic + 4 * k
        const [value, tp, fp, fn] = sums.subarray(start, start + 4)
        return [label, { ious: { value }, tp, fp, fn }] as const
      })
      const { pq, sq, rq } = pooledPanoptic(categories, withoutValue)
      return [pq, sq, rq]
    },
  }
}

function halfPart(layout: SumLayout, position: number): StatisticPart {
  return {
    statistics: [{ pointer: `/pooled/instances/thresholds/${position}/f1`, of: { kind: 'objects_at_half' } }],
    evaluate: (sums) => {
      const [tp, fp, fn] = sums.subarray(layout.objectsAtHalf, layout.objectsAtHalf + 3)
      return [detectionOf(0.5, { tp, fp, fn }, withoutValue).f1]
    },
  }
}

function macroPart(layout: SumLayout): StatisticPart {
  const scores = [...layout.scores]
  return {
    statistics: scores.map(([score]) => ({ pointer: `/macro/${score}/mean`, of: { kind: 'score', score } })),
    evaluate: (sums) => scores.map(([, { sum, weight }]) => quotient(sums[sum], sums[weight])),
  }
}

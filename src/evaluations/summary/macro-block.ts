import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import type { Reason } from '../../metrics/numbers/undefined-score.ts'
import type { RowColumns } from '../rows/row-columns.ts'
import { directionOf, inCatalogueOrder } from '../score-facts.ts'
import type { Tally } from '../tally/tally.ts'
import { ascendingValues, quantile } from './quantiles.ts'
import type { MacroBlock } from './summary.ts'

const none = {
  mean: null,
  std: null,
  min: null,
  p5: null,
  p25: null,
  median: null,
  p75: null,
  p95: null,
  max: null,
  worst_10: null,
} as const

/**
 * One score over the images: mean, standard deviation (n − 1), order statistics (linear), mean of the worst ⌈n/10⌉.
 *
 * @param values the score of each image; NaN where it is undefined
 * @param undefinedBecause reason → images
 * @param mean when it is not the plain mean of the values, such as a weighted one
 * @param room for as many values, which may be used again
 */
export function macroBlock(
  name: string,
  values: ArrayLike<number>,
  undefinedBecause: ReadonlyMap<string, number>,
  mean?: number,
  room?: Float64Array,
): MacroBlock {
  const ascending = ascendingValues(values, room)
  const reasons = Object.fromEntries([...undefinedBecause].sort(([a], [b]) => (a < b ? -1 : 1)))
  const n = ascending.length
  if (n === 0) return { ...none, defined: 0, undefined: reasons }
  const plainMean = meanOf(ascending)
  return {
    mean: mean ?? plainMean,
    std: n === 1 ? null : Math.sqrt(squaredDistances(ascending, plainMean) / (n - 1)),
    min: ascending[0],
    p5: quantile(ascending, 0.05),
    p25: quantile(ascending, 0.25),
    median: quantile(ascending, 0.5),
    p75: quantile(ascending, 0.75),
    p95: quantile(ascending, 0.95),
    max: ascending[n - 1],
    worst_10: worstTenth(ascending, directionOf(name)),
    defined: n,
    undefined: reasons,
  }
}

/**
 * Every score of the rows over the images; means are weighted where the manifest has weights. An image that does not speak
 * of a score has no value either.
 */
export function macroBlocks({ scores, items }: Tally, columns: RowColumns): Record<string, MacroBlock> {
  const names = inCatalogueOrder(scores.names)
  const room = new Float64Array(columns.size)
  return Object.fromEntries(
    names.map((name) => {
      const { defined, undefined: reasons, weighted, weights } = scores.of(name)
      const silent = items.scored - defined - [...reasons.values()].reduce((sum, images) => sum + images, 0)
      const all = new Map(reasons)
      if (silent > 0) all.set(notThere, (all.get(notThere) ?? 0) + silent)
      const values = columns.scores.get(name) ?? []
      return [name, macroBlock(name, values, all, weighted.value / weights.value, room)]
    }),
  )
}

const notThere: Reason = 'absent_both'

function meanOf(values: Float64Array): number {
  const sum = new ExactSum()
  for (const value of values) sum.add(value)
  return sum.value / values.length
}

/** In a second pass: Σx² − (Σx)²/n would lose the digits of a small spread. */
function squaredDistances(values: Float64Array, mean: number): number {
  const sum = new ExactSum()
  for (const value of values) sum.add((value - mean) ** 2)
  return sum.value
}

function worstTenth(ascending: Float64Array, direction: 1 | -1 | 0): number | null {
  if (direction === 0) return null
  const size = Math.ceil(ascending.length / 10)
  return meanOf(direction === 1 ? ascending.subarray(0, size) : ascending.subarray(-size))
}

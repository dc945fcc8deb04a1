import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import { distinctSizes, inFixedOrder } from './distinct-sizes.ts'
import { ExpectedDeviance } from './expected-deviance.ts'
import { representativeSizes, type WeightedSizes } from './representative-sizes.ts'

/** Steps of which more are not taken: about a second. */
const maxWork = 3e8

/**
 * The mutual information, in nats, that two masks with these segment sizes have by chance: the mean over all ways to
 * lay out the same segments at random.
 *
 *     E[I] = (1/N) Σ_ij E[n ln(nN/(a_i b_j))] = (1/N) Σ_ij E[n ln(n/μ) − n + μ],   n hypergeometric, μ = a_i b_j / N
 *
 * because E[n] = μ; in the second form no term is negative and nothing cancels.
 * Equal sizes are counted once, and where an octave holds many sizes a few stand for all of them, which makes the cost that of
 * sorting the sizes. Relative error: below 1e-12, as a rule some 1e-15. Exchanging the two sides changes no bit.
 * Corner cases: one segment on a side: 0; nothing but one-pixel segments on a side: the entropy of the other side.
 * More work than the budget (from some 10¹¹ pixels on): undefined `budget`, decided from the sizes before any is done.
 * Source: Vinh, Epps, Bailey, JMLR 11 (2010), for the definition.
 */
export function expectedMutualInformation(
  rowSums: Float64Array,
  columnSums: Float64Array,
  total: number,
): Score {
  if (rowSums.length === 1 || columnSums.length === 1) return 0
  const [x, y] = inFixedOrder(distinctSizes(rowSums), distinctSizes(columnSums)).map(representativeSizes)
  const pairwise = new ExpectedDeviance(total)
  if (work(x, y, pairwise) > maxWork) return undefinedBecause('budget')
  const sum = new NeumaierSum()
  for (let i = 0; i < x.sizes.length; i++)
    for (let j = 0; j < y.sizes.length; j++)
      sum.add(x.weights[i] * y.weights[j] * pairwise.of(x.sizes[i], y.sizes[j]))
  return sum.value / total
}

function work(x: WeightedSizes, y: WeightedSizes, pairwise: ExpectedDeviance): number {
  return x.sizes.reduce((sum, a) => y.sizes.reduce((rowSum, b) => rowSum + pairwise.cost(a, b), sum), 0)
}

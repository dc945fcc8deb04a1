import { type UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import type { Plan, WeightedPairs } from './assignment-plan.ts'
import { AugmentingSearch } from './augmenting-search.ts'
import { canAuction, scalingAuction } from './scaling-auction.ts'

/** Pairs looked at before giving up: some seconds of work, or each pair this often where there are very many. */
const defaultBudget = ({ weights }: WeightedPairs): number => Math.max(2e9, 500 * weights.length)
/** How often, on average, the searches may look at a pair before an auction takes over. */
const patience = 20
/** How often, on average, a row may bid for a column before the exact search takes over. */
const bidsPerRow = 8

/**
 * The one-to-one assignment of rows to columns with the largest sum of weights; a row or column may stay alone.
 * Returns the column of every row, −1 for none.
 *
 * Exact, by linear-programming duality: prices u, v ≥ 0 with u_i + v_j ≥ w_ij, equal on assigned pairs and 0 on what is
 * alone, prove the optimum. Rows first bid for columns (which settles most of them), then each row left is placed along
 * a shortest path of reduced costs u_i + v_j − w_ij, found by Dijkstra's algorithm on the pairs alone. A search never
 * leaves its connected component and mostly ends after a few rows. Where that turns out dear, as it does when everything
 * touches everything, an auction with shrinking steps begins anew.
 * Of several best assignments always the same one is returned. More than `budget` pairs looked at: undefined `budget`.
 * Sources: Jonker & Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment
 * problems", Computing 38 (1987); Bertsekas, "The auction algorithm" (1988) for the bids.
 */
export function maximumWeightAssignment(
  pairs: WeightedPairs,
  budget = defaultBudget(pairs),
): Int32Array | UndefinedScore {
  const size = pairs.weights.length
  const forSearches = canAuction(pairs) ? Math.min(budget, patience * size + 1e6) : budget
  const columnOf =
    searchedAssignment(pairs, forSearches) ??
    (forSearches < budget ? scalingAuction(pairs, budget - forSearches) : undefined)
  return columnOf ?? undefinedBecause('budget')
}

function searchedAssignment(pairs: WeightedPairs, budget: number): Int32Array | undefined {
  const plan = emptyPlan(pairs)
  const search = new AugmentingSearch(plan)
  let left = budget - pairs.weights.length
  for (const row of rowsLeftByBidding(plan)) {
    left -= search.assign(row)
    if (left < 0) return undefined
  }
  return plan.columnOf
}

function emptyPlan({ rowCount, columnCount, rows, columns, weights }: WeightedPairs): Plan {
  const firstOf = new Uint32Array(rowCount + 1)
  for (const row of rows) firstOf[row + 1]++
  for (let row = 0; row < rowCount; row++) firstOf[row + 1] += firstOf[row]
  return {
    firstOf,
    columns,
    weights,
    rowPrice: new Float64Array(rowCount),
    columnPrice: new Float64Array(columnCount),
    columnOf: new Int32Array(rowCount).fill(-1),
    rowOf: new Int32Array(columnCount).fill(-1),
  }
}

/**
 * Every row takes the column of the best weight above its price, of equal ones a free one, and raises the price until
 * the second best is as good; a row that is outbid bids again. Returns the rows that still have no column when bidding ends.
 */
function rowsLeftByBidding(plan: Plan): number[] {
  const { firstOf, columns, weights, rowPrice, columnPrice, columnOf, rowOf } = plan
  const rowCount = columnOf.length
  const waiting = Array.from(columnOf, (_, row) => rowCount - 1 - row)
  const left: number[] = []
  for (let bids = bidsPerRow * rowCount; waiting.length > 0; bids--) {
    const row = waiting.pop() as number
    let best = 0
    let second = 0
    let column = -1
    for (let pair = firstOf[row]; pair < firstOf[row + 1]; pair++) {
      const gain = weights[pair] - columnPrice[columns[pair]]
      const preferred = gain === best && column !== -1 && rowOf[column] !== -1 && rowOf[columns[pair]] === -1
      if (gain > best || preferred) {
        second = best
        best = gain
        column = columns[pair]
      } else if (gain > second) second = gain
    }
    rowPrice[row] = best
    if (column === -1) continue
    const holder = rowOf[column]
    // Equal offers would pass the column to and fro for ever.
    if (bids <= 0 || (holder !== -1 && best === second)) {
      left.push(row)
      continue
    }
    columnPrice[column] += best - second
    rowPrice[row] = second
    columnOf[row] = column
    rowOf[column] = row
    if (holder === -1) continue
    columnOf[holder] = -1
    waiting.push(holder)
  }
  return left.sort((a, b) => a - b)
}

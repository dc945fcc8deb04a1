import { stableOrder } from '../table/stable-order.ts'
import type { WeightedPairs } from './assignment-plan.ts'

/** By how much each phase's step is smaller than the one before; a power of two keeps prices exact. */
const stepRatio = 4

/** Whether the largest weight is an exact multiple of the last step, and so every price that the auction forms. */
export const canAuction = (pairs: WeightedPairs): boolean =>
  (largestWeight(pairs) + 1) / lastStep(pairs) <= 2 ** 53

/**
 * The one-to-one assignment with the largest sum of weights by an auction whose steps shrink: slower than a search along
 * shortest paths where those are short, but never at a loss on graphs in which everything touches everything.
 *
 * Each phase keeps prices u, v ≥ 0 with u_i + v_j ≥ w_ij − step, equal on assigned pairs and 0 on what is alone: rows bid
 * for columns until none wants a better one, then columns that were priced by the phase before and got no row bid for rows.
 * The sum of a phase is within `rows · step` of the best; with whole weights the last step, < 1/rows, makes it the best.
 * Returns the column of every row, −1 for none; undefined when more than `budget` pairs are looked at. `canAuction` must hold.
 * Sources: Bertsekas, "Auction algorithms for network flow problems", Comput. Optim. Appl. 1 (1992); Bertsekas & Castañón,
 * "A forward/reverse auction algorithm for asymmetric assignment problems", ibid.
 */
export function scalingAuction(pairs: WeightedPairs, budget: number): Int32Array | undefined {
  const auction = new Auction(pairs, budget)
  const last = lastStep(pairs)
  for (
    let step = 2 ** Math.floor(Math.log2(largestWeight(pairs)));
    ;
    step = Math.max(last, step / stepRatio)
  ) {
    if (!auction.runPhase(step)) return undefined
    if (step === last) return auction.columnOf
  }
}

const largestWeight = ({ weights }: WeightedPairs): number =>
  weights.reduce((most, weight) => Math.max(most, weight), 1)

/** A power of two below 1/rows. */
const lastStep = ({ rowCount }: WeightedPairs): number => 2 ** -Math.ceil(Math.log2(rowCount + 1))

/** One side of the market: for each of its members the pairs it stands in, and what it pays. */
interface Bidders {
  /** First position of each member in `partners` and `weights`, and their number. */
  readonly firstOf: Uint32Array
  readonly partners: Uint32Array
  readonly weights: Float64Array
  readonly prices: Float64Array
  /** The partner of each member; −1 for none. */
  readonly partnerOf: Int32Array
}

class Auction {
  readonly #rows: Bidders
  readonly #columns: Bidders
  #budget: number

  constructor({ rowCount, columnCount, rows, columns, weights }: WeightedPairs, budget: number) {
    const byColumn = stableOrder(columns, columnCount)
    this.#rows = bidders(rows, rowCount, columns, weights)
    this.#columns = bidders(
      columns,
      columnCount,
      byColumn.map((pair) => rows[pair]),
      Float64Array.from(byColumn, (pair) => weights[pair]),
    )
    this.#budget = budget
  }

  get columnOf(): Int32Array {
    return this.#rows.partnerOf
  }

  /** Starts from the prices of the columns alone; false when the budget is used up. */
  runPhase(step: number): boolean {
    const rows = this.#rows
    const columns = this.#columns
    rows.partnerOf.fill(-1)
    columns.partnerOf.fill(-1)
    if (!this.#bid([...rows.prices.keys()], rows, columns, step)) return false
    const left = [...columns.prices.keys()].filter(
      (column) => columns.partnerOf[column] === -1 && columns.prices[column] > 0,
    )
    return this.#bid(left, columns, rows, step)
  }

  /** Members bid until each has a partner or is as well off alone; who is outbid bids again. */
  #bid(waiting: number[], buyers: Bidders, sellers: Bidders, step: number): boolean {
    const { firstOf, partners, weights } = buyers
    const { prices } = sellers
    while (waiting.length > 0) {
      const member = waiting.pop() as number
      const end = firstOf[member + 1]
      let best = 0
      let second = 0
      let at = -1
      for (let position = firstOf[member]; position < end; position++) {
        const gain = weights[position] - prices[partners[position]]
        if (gain <= second) continue
        if (gain > best) {
          second = best
          best = gain
          at = position
        } else second = gain
      }
      this.#budget -= end - firstOf[member] + 1
      if (this.#budget < 0) return false
      buyers.prices[member] = 0
      if (best <= step) continue
      const partner = partners[at]
      buyers.prices[member] = Math.max(0, second - step)
      prices[partner] = weights[at] - buyers.prices[member]
      const outbid = sellers.partnerOf[partner]
      sellers.partnerOf[partner] = member
      buyers.partnerOf[member] = partner
      if (outbid === -1) continue
      buyers.partnerOf[outbid] = -1
      waiting.push(outbid)
    }
    return true
  }
}

function bidders(members: Uint32Array, count: number, partners: Uint32Array, weights: Float64Array): Bidders {
  const firstOf = new Uint32Array(count + 1)
  for (const member of members) firstOf[member + 1]++
  for (let member = 0; member < count; member++) firstOf[member + 1] += firstOf[member]
  const partnerOf = new Int32Array(count).fill(-1)
  return { firstOf, partners, weights, prices: new Float64Array(count), partnerOf }
}

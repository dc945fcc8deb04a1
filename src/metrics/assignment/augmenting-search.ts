import type { Plan } from './assignment-plan.ts'
import { MinHeap } from './min-heap.ts'

/**
 * Places one more row of an assignment at the least cost: Dijkstra's algorithm over reduced costs
 * u_i + v_j − w_ij ≥ 0 along alternating pairs. It ends at a column that is free, or at a row that is better left alone
 * (which costs its price). Prices then move so that they prove the new assignment, and partners change along the path.
 */
export class AugmentingSearch {
  readonly #plan: Plan
  /** Cost of the best way found to each column; only the columns reached differ from Infinity between searches. */
  readonly #cost: Float64Array
  /** The row from which that way reaches the column. */
  readonly #cameFrom: Int32Array
  readonly #open = new MinHeap()
  readonly #reached: number[] = []
  /** Columns that are settled, in order; the row that holds each has been looked at. */
  readonly #settled: number[] = []
  #endCost = 0
  #endColumn = -1
  #endRow = -1

  constructor(plan: Plan) {
    this.#plan = plan
    this.#cost = new Float64Array(plan.rowOf.length).fill(Number.POSITIVE_INFINITY)
    this.#cameFrom = new Int32Array(plan.rowOf.length)
  }

  /** Returns how many pairs were looked at. */
  assign(row: number): number {
    const { rowOf, rowPrice } = this.#plan
    this.#endCost = rowPrice[row]
    this.#endColumn = -1
    this.#endRow = row
    let looked = this.#lookFrom(row, 0)
    while (this.#open.size > 0 && (this.#open.leastKey as number) < this.#endCost) {
      const key = this.#open.leastKey as number
      const column = this.#open.pop()
      // A dearer way to a column that is settled.
      if (key > this.#cost[column]) continue
      this.#settled.push(column)
      looked += this.#lookFrom(rowOf[column], key)
    }
    this.#movePrices(row)
    this.#changePartners(row)
    for (const column of this.#reached) this.#cost[column] = Number.POSITIVE_INFINITY
    this.#reached.length = 0
    this.#settled.length = 0
    this.#open.clear()
    return looked
  }

  /** Follows the pairs of a row that is reached at `base`. */
  #lookFrom(row: number, base: number): number {
    const { firstOf, columns, weights, rowPrice, columnPrice, rowOf } = this.#plan
    const cost = this.#cost
    const cameFrom = this.#cameFrom
    const reached = this.#reached
    const open = this.#open
    const alone = base + rowPrice[row]
    if (alone < this.#endCost) {
      this.#endCost = alone
      this.#endColumn = -1
      this.#endRow = row
    }
    for (let pair = firstOf[row]; pair < firstOf[row + 1]; pair++) {
      const column = columns[pair]
      const way = alone + columnPrice[column] - weights[pair]
      if (way >= this.#endCost || way >= cost[column]) continue
      if (cost[column] === Number.POSITIVE_INFINITY) reached.push(column)
      cost[column] = way
      cameFrom[column] = row
      if (rowOf[column] === -1) {
        this.#endCost = way
        this.#endColumn = column
      } else open.push(way, column)
    }
    return firstOf[row + 1] - firstOf[row]
  }

  #movePrices(row: number): void {
    const { rowOf, rowPrice, columnPrice } = this.#plan
    rowPrice[row] -= this.#endCost
    for (const column of this.#settled) {
      const saved = this.#endCost - this.#cost[column]
      columnPrice[column] += saved
      rowPrice[rowOf[column]] -= saved
    }
  }

  /** Every row on the way takes the column it led to; the last row loses its own, or the last column gains a row. */
  #changePartners(start: number): void {
    const { rowOf, columnOf } = this.#plan
    let column = this.#endColumn
    if (column === -1) {
      if (this.#endRow === start) return
      column = columnOf[this.#endRow]
      columnOf[this.#endRow] = -1
    }
    for (;;) {
      const row = this.#cameFrom[column]
      const next = columnOf[row]
      rowOf[column] = row
      columnOf[row] = column
      if (row === start) return
      column = next
    }
  }
}

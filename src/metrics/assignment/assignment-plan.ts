/** A sparse bipartite graph. The three arrays are parallel and sorted by row; a pair occurs at most once. */
export interface WeightedPairs {
  readonly rowCount: number
  readonly columnCount: number
  readonly rows: Uint32Array
  readonly columns: Uint32Array
  /** Integers from 1 to 2^52: sums and differences of them stay exact. */
  readonly weights: Float64Array
}

/** An assignment under way, its pairs by row, and the prices that prove it. */
export interface Plan {
  /** First pair of each row, and the number of pairs. */
  readonly firstOf: Uint32Array
  readonly columns: Uint32Array
  readonly weights: Float64Array
  /** u, v */
  readonly rowPrice: Float64Array
  readonly columnPrice: Float64Array
  /** The partner of each row and column; −1 for none. */
  readonly columnOf: Int32Array
  readonly rowOf: Int32Array
}

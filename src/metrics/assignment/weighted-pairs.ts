/** A sparse bipartite graph. The three arrays are parallel and sorted by row; a pair occurs at most once. */
export interface WeightedPairs {
  readonly rowCount: number
  readonly columnCount: number
  readonly rows: Uint32Array
  readonly columns: Uint32Array
  /** Integers from 1 to 2^52: sums and differences of them stay exact. */
  readonly weights: Float64Array
}

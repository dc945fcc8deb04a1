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

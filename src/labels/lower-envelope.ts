/**
 * The lower envelope of parabolas of one width on a line: min over i of (spacing (x − i))² + f(i).
 *
 * Fitted in O(length); evaluated at ascending x in O(1) each, amortised.
 * Source: Felzenszwalb & Huttenlocher, "Distance transforms of sampled functions", Theory of Computing 8 (2012).
 */
export class LowerEnvelope {
  readonly #spacing: number
  readonly #values: Float64Array
  /** Position of each parabola of the envelope, left to right. */
  readonly #positions: Int32Array
  /** Where each parabola begins to be the lowest. */
  readonly #begins: Float64Array
  #last = -1
  #at = 0

  constructor(length: number, spacing: number) {
    this.#spacing = spacing
    this.#values = new Float64Array(length)
    this.#positions = new Int32Array(length)
    this.#begins = new Float64Array(length)
  }

  /** Takes f; Infinity is no parabola. */
  fit(valueAt: (x: number) => number): void {
    const [values, positions, begins] = [this.#values, this.#positions, this.#begins]
    const weight = this.#spacing * this.#spacing
    let last = -1
    for (let x = 0; x < values.length; x++) {
      const value = valueAt(x)
      values[x] = value
      if (value === Number.POSITIVE_INFINITY) continue
      let begin = Number.NEGATIVE_INFINITY
      while (last >= 0) {
        const position = positions[last]
        begin = ((value - values[position]) / (x - position) / weight + x + position) / 2
        if (begin > begins[last]) break
        last--
      }
      positions[++last] = x
      begins[last] = last === 0 ? Number.NEGATIVE_INFINITY : begin
    }
    this.#last = last
    this.#at = 0
  }

  /** The value at x; since the last `fit`, x must not have been larger. Infinity without a parabola. */
  valueAt(x: number): number {
    const [positions, begins, last] = [this.#positions, this.#begins, this.#last]
    if (last < 0) return Number.POSITIVE_INFINITY
    let at = this.#at
    while (at < last && begins[at + 1] < x) at++
    this.#at = at
    const distance = (x - positions[at]) * this.#spacing
    return distance * distance + this.#values[positions[at]]
  }
}

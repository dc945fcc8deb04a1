/**
 * The lower envelope of parabolas of one width on a line: min over i of (spacing (x − i))² + f(i).
 *
 * Fitted in O(length); evaluated at ascending x in O(1) each, amortised.
 * Source: Felzenszwalb & Huttenlocher, "Distance transforms of sampled functions", Theory of Computing 8 (2012).
 */
export class LowerEnvelope {
  private readonly spacing: number
  private readonly values: Float64Array
  /** Places of the parabolas of the envelope, left to right. */
  private readonly places: Int32Array
  /** Where each parabola begins to be the lowest. */
  private readonly begins: Float64Array
  private last = -1
  private at = 0

  constructor(length: number, spacing: number) {
    this.spacing = spacing
    this.values = new Float64Array(length)
    this.places = new Int32Array(length)
    this.begins = new Float64Array(length)
  }

  /** Takes f; Infinity is no parabola. */
  fit(valueAt: (place: number) => number): void {
    const { values, places, begins } = this
    const weight = this.spacing * this.spacing
    let last = -1
    for (let x = 0; x < values.length; x++) {
      const value = valueAt(x)
      values[x] = value
      if (value === Number.POSITIVE_INFINITY) continue
      let begin = Number.NEGATIVE_INFINITY
      while (last >= 0) {
        const place = places[last]
        begin = ((value - values[place]) / (x - place) / weight + x + place) / 2
        if (begin > begins[last]) break
        last--
      }
      places[++last] = x
      begins[last] = last === 0 ? Number.NEGATIVE_INFINITY : begin
    }
    this.last = last
    this.at = 0
  }

  /** The value at x; since the last `fit`, x must not have been larger. Infinity without a parabola. */
  valueAt(x: number): number {
    const { places, begins, last } = this
    if (last < 0) return Number.POSITIVE_INFINITY
    let at = this.at
    while (at < last && begins[at + 1] < x) at++
    this.at = at
    const distance = (x - places[at]) * this.spacing
    return distance * distance + this.values[places[at]]
  }
}

/**
 * A sum that is rounded once, at the end: its value does not depend on the order of the terms.
 *
 * Scores that must not change when the two masks are exchanged or their labels renamed are summed with it,
 * because both only change the order in which the pairs of a table are met.
 * The partial sums do not overlap and grow in magnitude, so together they hold the sum without any error.
 * Terms must be finite. Cost: a few additions a term.
 * Source: J. R. Shewchuk, "Adaptive precision floating-point arithmetic", Discrete Comput. Geom. 18 (1997);
 * the rounding of the last step as in Python's `math.fsum`.
 */
export class ExactSum {
  /** The first `size` of them are in use: an array that shrank and grew with every term would cost more than the sum. */
  private readonly partials: number[] = []
  private size = 0

  add(term: number): void {
    const { partials } = this
    let carried = term
    let kept = 0
    for (let k = 0; k < this.size; k++) {
      const partial = partials[k]
      const sum = carried + partial
      const lost = Math.abs(carried) >= Math.abs(partial) ? carried - sum + partial : partial - sum + carried
      if (lost !== 0) partials[kept++] = lost
      carried = sum
    }
    partials[kept] = carried
    this.size = kept + 1
  }

  get value(): number {
    const { partials } = this
    let k = this.size - 1
    if (k < 0) return 0
    let sum = partials[k]
    let lost = 0
    while (k > 0 && lost === 0) {
      const partial = partials[--k]
      const next = sum + partial
      lost = partial - (next - sum)
      sum = next
    }
    // Halfway between two numbers: the partials below decide the direction.
    if (k > 0 && Math.sign(lost) === Math.sign(partials[k - 1])) {
      const rounded = sum + 2 * lost
      if (rounded - sum === 2 * lost) return rounded
    }
    // A sum of negative zeros is 0 like any other.
    return sum + 0
  }
}

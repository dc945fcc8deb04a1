/**
 * A sum that is rounded once, at the end: its value does not depend on the order of the terms.
 *
 * Scores that must not change when the two masks are exchanged or their labels renamed are summed with it,
 * because both only change the order in which the pairs of a table are met.
 * The sum is held without any error in two numbers and, should two ever not be enough, in partial sums that do not overlap
 * and grow in magnitude. Terms must be finite. Cost: a dozen additions a term.
 * Source: D. E. Knuth, "The Art of Computer Programming" 2, 4.2.2 (what an addition loses); J. R. Shewchuk, "Adaptive
 * precision floating-point arithmetic", Discrete Comput. Geom. 18 (1997), for the partial sums; the rounding of the last
 * step as in Python's `math.fsum`.
 */
export class ExactSum {
  #sum = 0
  /** What `sum` has lost. */
  #low = 0
  /** What `low` has lost: nothing, unless the terms' digits span more than the 106 bits of two numbers. */
  readonly #partials: number[] = []

  add(term: number): void {
    const sum = this.#sum + term
    const lost = lostIn(sum, this.#sum, term)
    const low = this.#low + lost
    const rest = lostIn(low, this.#low, lost)
    this.#sum = sum
    this.#low = low
    if (rest !== 0) this.#keep(rest)
  }

  /** Adds what another sum holds, without rounding it: in any split and order of merges the value is the same. */
  merge(other: ExactSum): void {
    for (const partial of other.#partials) this.add(partial)
    this.add(other.#low)
    this.add(other.#sum)
  }

  get value(): number {
    this.#keep(this.#low)
    this.#keep(this.#sum)
    this.#low = 0
    this.#sum = 0
    return rounded(this.#partials)
  }

  #keep(term: number): void {
    const partials = this.#partials
    let carried = term
    let kept = 0
    for (const partial of partials) {
      const sum = carried + partial
      const lost = lostIn(sum, carried, partial)
      if (lost !== 0) partials[kept++] = lost
      carried = sum
    }
    partials.length = kept
    partials.push(carried)
  }
}

/** a + b − sum, exactly, where `sum` is the rounded a + b. */
function lostIn(sum: number, a: number, b: number): number {
  const added = sum - a
  return a - (sum - added) + (b - added)
}

/** The sum of numbers that do not overlap and grow in magnitude. */
function rounded(partials: readonly number[]): number {
  let k = partials.length - 1
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
    const neighbour = sum + 2 * lost
    if (neighbour - sum === 2 * lost) return neighbour
  }
  // A sum of negative zeros is 0 like any other.
  return sum + 0
}

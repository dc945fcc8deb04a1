/**
 * Running sums side by side, each with its rounding errors kept beside it, as `NeumaierSum` has one.
 * Terms may be sums of a few thousand values already: what they lost is far below the error of one sum over millions.
 */
export class SumArray {
  readonly #sums: Float64Array
  readonly #lost: Float64Array

  constructor(length: number) {
    this.#sums = new Float64Array(length)
    this.#lost = new Float64Array(length)
  }

  add(at: number, term: number): void {
    const sum = this.#sums[at]
    const next = sum + term
    this.#lost[at] += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
    this.#sums[at] = next
  }

  /** Adds every term to the sum of its place, and sets it to 0. */
  drain(terms: Float64Array): void {
    for (let at = 0; at < terms.length; at++) {
      if (terms[at] === 0) continue
      this.add(at, terms[at])
      terms[at] = 0
    }
  }

  get values(): Float64Array {
    return this.#sums.map((sum, at) => sum + this.#lost[at])
  }
}

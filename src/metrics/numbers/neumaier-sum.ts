/**
 * A running sum whose rounding errors are kept beside it and added at the end.
 *
 * Error: about one rounding of the true sum plus n² · 2⁻¹⁰⁶ of the sum of absolute values, so millions of terms cost nothing.
 * Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974).
 */
export class NeumaierSum {
  #sum = 0
  #lost = 0

  add(term: number): void {
    const next = this.#sum + term
    this.#lost += Math.abs(this.#sum) >= Math.abs(term) ? this.#sum - next + term : term - next + this.#sum
    this.#sum = next
  }

  get value(): number {
    return this.#sum + this.#lost
  }
}

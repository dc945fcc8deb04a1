/** Seeded numbers from 0 to 1 (mulberry32, T. Ettinger), and what statistics draw from them. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  /** Standard normal (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Beta of two whole numbers: the a-th smallest of a + b − 1 uniform numbers. */
  beta(a: number, b: number): number {
    const numbers = Array.from({ length: a + b - 1 }, () => this.uniform()).sort((x, y) => x - y)
    return numbers[a - 1]
  }
}

import { DevianceTables } from './deviance-tables.ts'

/** Terms beyond one of this weight, that of the mode being 1, do not change the result. */
const negligible = 1e-17
/** A wider distribution, of some 10¹¹ pixels, would need a table of too many entries. */
const maxSpread = 2 ** 17

/**
 * E[n ln(n/μ) − n + μ] for the overlap n of two segments of a and b pixels that lie at random among `total` pixels:
 * n is hypergeometric with mean μ = ab/total.
 *
 * Range ≥ 0, in nats; good to a few roundings, because only positive terms are summed.
 * The weights start at 1 at the mode and follow from their neighbours by a ratio; their sum normalises them, so that no
 * factorial and no logarithm of one is needed. The ratios r fall away from the mode, so the weights beyond one w sum to at
 * most w·r/(1−r), of a whole of about 2.5σ. a, b ≥ 1 and `total` are integers below 2^53, a, b ≤ total.
 */
export class ExpectedDeviance {
  readonly #total: number
  readonly #tables = new DevianceTables()

  constructor(total: number) {
    this.#total = total
  }

  /** The expectation for segments of these sizes. */
  of(a: number, b: number): number {
    const mean = (a * b) / this.#total
    const { first, values, excess } = this.#tables.for(mean, this.#spread(a, b))
    const rest = this.#total - a - b
    const least = Math.max(0, -rest)
    const most = Math.min(a, b)
    const mode = Math.max(least, Math.min(most, Math.floor(((a + 1) * (b + 1)) / (this.#total + 2))))
    const start = mode - first
    const begin = Math.max(least - first, 0)
    const end = Math.min(most - first + 1, values.length)
    let sum = values[start]
    let weights = 1
    let weight = 1
    let n = mode
    for (let k = start + 1; k < end; k++) {
      const numerator = (a - n) * (b - n)
      n++
      weight *= numerator / (n * (rest + n))
      weights += weight
      sum += weight * values[k]
      if (weight < negligible) break
    }
    weight = 1
    n = mode
    for (let k = start - 1; k >= begin; k--) {
      const numerator = n * (rest + n)
      n--
      weight *= numerator / ((a - n) * (b - n))
      weights += weight
      sum += weight * values[k]
      if (weight < negligible) break
    }
    return sum / weights - excess(mean)
  }

  /** About how many steps `of` takes; a table of its own costs as much as three steps an entry. */
  cost(a: number, b: number): number {
    const spread = this.#spread(a, b)
    if (spread > maxSpread) return Number.POSITIVE_INFINITY
    const steps = Math.min(a, b, 20 * spread + 20)
    return this.#tables.isShared((a * b) / this.#total) ? steps : 4 * steps
  }

  /** σ of the overlap, or a little more. */
  #spread(a: number, b: number): number {
    return Math.sqrt(((a * b) / this.#total) * (1 - a / this.#total) * (1 - b / this.#total))
  }
}

import { deviance } from './deviance.ts'

/** A function of a count around some mean: `values[n - first]`. */
export interface DevianceTable {
  readonly first: number
  readonly values: Float64Array
  /** By how much the expectation of the entries exceeds that of the deviance from this mean. */
  readonly excess: (mean: number) => number
}

const maxSharedCentre = 1024

/**
 * Tables from which the expectation of a deviance is taken: E[deviance(n, μ)] = E[entry] − excess.
 *
 * For means up to 1024 the entries are deviances from the nearest integer c, made when first asked for and shared:
 * as E[n] = μ, the excess is deviance(μ, c). Below 2 that would cancel, and the entries are n ln n, the excess μ ln μ, which is
 * negative or small there. For larger means, of which there are few, the entries are deviances from the mean itself.
 * Every table reaches 10σ + 30 beyond the mean. A hypergeometric count is distributed like a sum of independent
 * yes-or-no draws, so by Bernstein's inequality less than e^-45 of the probability lies outside.
 */
export class DevianceTables {
  readonly #shared: (DevianceTable | undefined)[] = []

  for(mean: number, spread: number): DevianceTable {
    if (mean > maxSharedCentre)
      return makeTable(
        mean,
        spread,
        (n) => deviance(n, mean),
        () => 0,
      )
    const centre = mean < 2 ? 0 : Math.round(mean)
    this.#shared[centre] ??= makeSharedTable(centre)
    return this.#shared[centre]
  }

  /** Whether `for` makes one table for many means. */
  isShared(mean: number): boolean {
    return mean <= maxSharedCentre
  }
}

function makeSharedTable(centre: number): DevianceTable {
  if (centre === 0) return makeTable(2, Math.SQRT2, timesLog, timesLog)
  const fromCentre = (n: number) => deviance(n, centre)
  return makeTable(centre, Math.sqrt(centre + 1), fromCentre, fromCentre)
}

const timesLog = (n: number): number => (n === 0 ? 0 : n * Math.log(n))

function makeTable(
  mean: number,
  spread: number,
  entry: (n: number) => number,
  excess: (mean: number) => number,
): DevianceTable {
  // Mode and mean are less than 2 apart.
  const reach = 10 * spread + 32
  const first = Math.max(0, Math.floor(mean - reach))
  const values = new Float64Array(Math.ceil(mean + reach) + 1 - first)
  for (let k = 0; k < values.length; k++) values[k] = entry(first + k)
  return { first, values, excess }
}

import type { Random } from '../../bench/images/random.ts'

/** Everything that a seeded random number decides. */
export interface Choices {
  /** True in this share of the calls. */
  chance(share: number): boolean
  /** One of the values, each as likely as the others. */
  pick<T>(values: readonly T[]): T
  /** Each of the values with this likelihood. */
  some<T>(values: readonly T[], share?: number): T[]
  /** An integer from 0 to `end - 1`. */
  below(end: number): number
  /** The entry in this share of the calls, else nothing; to be spread into an object. */
  maybe(share: number, entry: () => Record<string, unknown>): Record<string, unknown>
}

export function choicesOf(random: Random): Choices {
  const chance = (share: number) => random() < share
  const below = (end: number) => Math.floor(random() * end)
  return {
    chance,
    below,
    pick: (values) => values[below(values.length)],
    some: (values, share = 0.4) => values.filter(() => chance(share)),
    maybe: (share, entry) => (chance(share) ? entry() : {}),
  }
}

import type { Random } from '../../../bench/images/random.ts'

/** A mutated document, and what may come of it. */
export interface DocumentMutant {
  readonly how: string
  readonly bytes: Uint8Array
  /** It still holds every shape: fewer of them without a word are a fault. */
  readonly keeps: boolean
  /** It means what the original means, and only the original or a refusal may come of it. */
  readonly isSound: boolean
}

export const below = (random: Random, end: number): number => Math.floor(random() * end)

export const pick = <T>(list: readonly T[], random: Random): T => list[below(random, list.length)]

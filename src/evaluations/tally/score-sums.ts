import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import type { ItemRow } from '../rows/item-row.ts'

/** One score over all images. */
interface ScoreSum {
  defined: number
  /** Reason → images. */
  readonly undefined: Map<string, number>
  /** Σ score over them, without weights. */
  readonly plain: ExactSum
  /** Σ weight · score and Σ weight over the images in which the score is defined. */
  readonly weighted: ExactSum
  readonly weights: ExactSum
}

/** Sums of scores over images, for their means: a commutative monoid. */
export class ScoreSums {
  readonly #sums = new Map<string, ScoreSum>()

  /** In no order that means anything. */
  get names(): Iterable<string> {
    return this.#sums.keys()
  }

  /** The sums of a score; all 0 for a score that no row has. */
  of(name: string): Readonly<ScoreSum> {
    return this.#sums.get(name) ?? emptySum()
  }

  add({ scores, reasons, weight = 1 }: Pick<ItemRow, 'scores' | 'reasons' | 'weight'>): void {
    for (const [name, score] of Object.entries(scores)) {
      const sum = this.#open(name)
      if (score === null) {
        addTo(sum.undefined, reasons[name] ?? 'no_pixels', 1)
        continue
      }
      sum.defined++
      sum.plain.add(score)
      sum.weighted.add(weight * score)
      sum.weights.add(weight)
    }
  }

  merge(other: ScoreSums): void {
    for (const [name, given] of other.#sums) {
      const sum = this.#open(name)
      sum.defined += given.defined
      for (const [reason, images] of given.undefined) addTo(sum.undefined, reason, images)
      sum.plain.merge(given.plain)
      sum.weighted.merge(given.weighted)
      sum.weights.merge(given.weights)
    }
  }

  #open(name: string): ScoreSum {
    const known = this.#sums.get(name)
    if (known) return known
    const fresh = emptySum()
    this.#sums.set(name, fresh)
    return fresh
  }
}

function addTo(counts: Map<string, number>, key: string, images: number): void {
  counts.set(key, (counts.get(key) ?? 0) + images)
}

function emptySum(): ScoreSum {
  return {
    defined: 0,
    undefined: new Map(),
    plain: new ExactSum(),
    weighted: new ExactSum(),
    weights: new ExactSum(),
  }
}

import type { ItemRow } from '../rows/item-row.ts'
import { lesionScoreOf } from '../rows/lesion-scores.ts'
import { PixelMean } from './pixel-mean.ts'

/** Means over the lesions and false components of an image, by the rules of BraTS. */
export const bratsMeans = ['lesion_mean_dice', 'lesion_mean_hausdorff_95'] as const

/** One mean of one group or label over all images. */
interface LesionMean {
  readonly mean: PixelMean
  /** Lesions and false components. */
  count: number
  /** An image cannot tell it. */
  isUnknown: boolean
}

/**
 * Dice and HD95 over all lesions and false components of a dataset: Σ over them / their number. A commutative monoid.
 * An image without any adds nothing.
 */
export class LesionMeans {
  readonly #sums = new Map<string, LesionMean>()

  /** Undefined where no image tells of it; the value is null where one that has lesions cannot. */
  of(name: string): { readonly value: number | null; readonly count: number } | undefined {
    const sum = this.#sums.get(name)
    if (!sum) return undefined
    const { mean, count, isUnknown } = sum
    return { value: isUnknown || count === 0 ? null : mean.over(count), count }
  }

  add({ scores }: Pick<ItemRow, 'scores'>): void {
    if (scores.lesion_mean_dice === undefined) return
    for (const [name, score] of Object.entries(scores)) {
      const [metric, place] = name.split('_of_')
      if (place === undefined || !bratsMeans.some((known) => known === metric)) continue
      const sum = this.#open(name)
      const count = countOf(place, (key) => scores[key] ?? 0)
      sum.count += count
      if (count === 0) continue
      if (score === null) sum.isUnknown = true
      else sum.mean.add(count, score)
    }
  }

  merge(other: LesionMeans): void {
    for (const [name, given] of other.#sums) {
      const sum = this.#open(name)
      sum.mean.merge(given.mean)
      sum.count += given.count
      sum.isUnknown ||= given.isUnknown
    }
  }

  #open(name: string): LesionMean {
    const known = this.#sums.get(name)
    if (known) return known
    const fresh = { mean: new PixelMean(), count: 0, isUnknown: false }
    this.#sums.set(name, fresh)
    return fresh
  }
}

/** What the means of a place are over: its lesions and false components. */
const countOf = (place: string, scoreOf: (name: string) => number): number =>
  scoreOf(lesionScoreOf('lesions', place)) + scoreOf(lesionScoreOf('lesions_false', place))

import type { CategoryMatches } from './match-category.ts'

/** Where an image stands among all: images of equal scores come in this order. */
export interface ImagePlace {
  /** COCO's `id` of the image, where it is a number; images with one come first, ascending. */
  readonly id?: number
  /** Unique; the order of images without an id. */
  readonly index: number
}

interface ImageMatches extends CategoryMatches {
  readonly image: ImagePlace
}

/** The detections of one category in all images, by falling score. Plain data that a thread can be handed. */
export interface RankedCategory {
  readonly category: number
  /** Each image with an object of the category, in their order, and its ground truths that count in each size range. */
  readonly images: readonly { readonly image: ImagePlace; readonly counted: readonly number[] }[]
  /** Of each detection. */
  readonly scores: Float64Array
  /** Of each detection which of the images it is in. */
  readonly imageOf: Uint32Array
  /** Of each detection its place among those of its image. */
  readonly positions: Uint32Array
  /** What became of each detection: at (range · thresholds + threshold) · detections + rank. */
  readonly outcomes: Uint8Array
}

/**
 * The match lists of many images: a commutative monoid whose identity is `new DetectionTally()`. Lists are put together as
 * they come and sorted when they are read, so any split of the images merged in any order gives the same bits.
 */
export class DetectionTally {
  readonly #categories = new Map<number, ImageMatches[]>()

  /** @param image no two images of a tally have the same index */
  add(image: ImagePlace, matches: readonly CategoryMatches[]): void {
    for (const list of matches) this.#listOf(list.category).push({ ...list, image })
  }

  merge(other: DetectionTally): void {
    for (const [category, lists] of other.#categories) {
      const own = this.#listOf(category)
      for (const list of lists) own.push(list)
    }
  }

  /**
   * Ascending by category; of equal scores the earlier image comes first, then the place within the image.
   * @param thresholds how many the match lists have
   */
  *ranked(thresholds: number): Generator<RankedCategory> {
    const categories = [...this.#categories].sort(([a], [b]) => a - b)
    for (const [category, lists] of categories) yield ranked(category, lists, thresholds)
  }

  #listOf(category: number): ImageMatches[] {
    const known = this.#categories.get(category)
    if (known) return known
    const list: ImageMatches[] = []
    this.#categories.set(category, list)
    return list
  }
}

function ranked(category: number, lists: readonly ImageMatches[], thresholds: number): RankedCategory {
  const images = [...lists].sort((a, b) => byPlace(a.image, b.image))
  const size = images.reduce((sum, { scores }) => sum + scores.length, 0)
  const unsorted = {
    scores: new Float64Array(size),
    imageOf: new Uint32Array(size),
    positions: new Uint32Array(size),
  }
  let at = 0
  images.forEach(({ scores }, image) => {
    for (let position = 0; position < scores.length; position++, at++) {
      unsorted.scores[at] = scores[position]
      unsorted.imageOf[at] = image
      unsorted.positions[at] = position
    }
  })
  // Among equal scores the order of images and places stays.
  const order = Uint32Array.from(unsorted.scores, (_, k) => k)
  order.sort((a, b) => unsorted.scores[b] - unsorted.scores[a] || a - b)
  const imageOf = order.map((k) => unsorted.imageOf[k])
  const positions = order.map((k) => unsorted.positions[k])
  const ranges = images[0].counted.length
  const outcomes = new Uint8Array(size * ranges * thresholds)
  for (let rank = 0; rank < size; rank++) {
    const own = images[imageOf[rank]].outcomes
    const first = positions[rank] * ranges * thresholds
    for (let k = 0; k < ranges * thresholds; k++) outcomes[k * size + rank] = own[first + k]
  }
  return {
    category,
    images: images.map(({ image, counted }) => ({ image, counted })),
    scores: Float64Array.from(order, (k) => unsorted.scores[k]),
    imageOf,
    positions,
    outcomes,
  }
}

function byPlace(a: ImagePlace, b: ImagePlace): number {
  return (
    Number(a.id === undefined) - Number(b.id === undefined) || (a.id ?? 0) - (b.id ?? 0) || a.index - b.index
  )
}

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

/** The detections of one category in all images, by falling score. */
export interface RankedCategory {
  readonly category: number
  /** The matches of each image with an object of the category, in the order of images. */
  readonly images: readonly ImageMatches[]
  /** Of each detection: which of the images it is in, and its place among the image's detections. */
  readonly ranking: readonly (readonly [image: number, position: number])[]
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

  /** Ascending by category; of equal scores the earlier image comes first, then the place within the image. */
  *ranked(): Generator<RankedCategory> {
    const categories = [...this.#categories].sort(([a], [b]) => a - b)
    for (const [category, lists] of categories) {
      const images = [...lists].sort((a, b) => byPlace(a.image, b.image))
      // A stable sort keeps the order of images and places among equal scores.
      const ranking = images
        .flatMap(({ scores }, image) => scores.map((score, position) => ({ score, image, position })))
        .sort((a, b) => b.score - a.score)
        .map(({ image, position }) => [image, position] as const)
      yield { category, images, ranking }
    }
  }

  #listOf(category: number): ImageMatches[] {
    const known = this.#categories.get(category)
    if (known) return known
    const list: ImageMatches[] = []
    this.#categories.set(category, list)
    return list
  }
}

function byPlace(a: ImagePlace, b: ImagePlace): number {
  return (
    Number(a.id === undefined) - Number(b.id === undefined) || (a.id ?? 0) - (b.id ?? 0) || a.index - b.index
  )
}

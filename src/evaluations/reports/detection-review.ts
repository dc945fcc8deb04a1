import type { ItemRow } from '../rows/item-row.ts'

/** Most objects of each kind that a report shows. */
const most = 24

/** One object that a report shows. */
export interface ReviewedObject {
  readonly side: 'ground_truth' | 'prediction'
  /** Of the item. */
  readonly index: number
  readonly key: string
  readonly category: number
  /** Its place among the objects of its document. */
  readonly place: number
  /** The best IoU with an object of its category on the other side. */
  readonly iou: number
  /** Its score; of a missed ground truth its area. */
  readonly value: number
  /** The category of the missed ground truth that a wrong detection stands for. */
  readonly truth?: number
}

/** What a report shows of the objects of a run, and at most `most` of each. Plain data. */
export interface MistakenObjects {
  /** The largest first. */
  readonly missed: readonly ReviewedObject[]
  /** The highest score first. */
  readonly wrong: readonly ReviewedObject[]
}

/** How often a missed ground truth of one category was taken for another. */
interface Confusion {
  readonly truth: number
  readonly taken: number
  readonly count: number
}

/** What was missed, what is wrong and what was taken for what in all images of a run, at a lenient IoU. */
export class DetectionReview {
  readonly #confused = new Map<string, Confusion>()
  readonly #missed: ReviewedObject[] = []
  readonly #wrong: ReviewedObject[] = []
  /** Category → its ground truths that count. */
  readonly groundTruths = new Map<number, number>()

  add({ index, key, detection, detection_without }: ItemRow): void {
    if (!detection || detection_without) return
    for (const [category, [counted]] of detection.categories)
      this.groundTruths.set(category, (this.groundTruths.get(category) ?? 0) + counted)
    for (const [truth, taken, count] of detection.confused ?? []) {
      const known = this.#confused.get(`${truth} ${taken}`)?.count ?? 0
      this.#confused.set(`${truth} ${taken}`, { truth, taken, count: known + count })
    }
    for (const [category, place, iou, value] of detection.missed ?? [])
      this.#missed.push({ side: 'ground_truth', index, key, category, place, iou, value })
    for (const [category, place, iou, value, truth] of detection.wrong ?? [])
      this.#wrong.push({
        ...{ side: 'prediction', index, key, category, place, iou, value },
        ...(truth !== null && { truth }),
      })
    for (const list of [this.#missed, this.#wrong]) if (list.length >= 8 * most) cut(list)
  }

  /** The most frequent first. */
  get confused(): Confusion[] {
    return [...this.#confused.values()].sort(
      (a, b) => b.count - a.count || a.truth - b.truth || a.taken - b.taken,
    )
  }

  /** The largest first. */
  get missed(): readonly ReviewedObject[] {
    return cut(this.#missed)
  }

  /** The highest score first. */
  get wrong(): readonly ReviewedObject[] {
    return cut(this.#wrong)
  }
}

/** The mistaken objects of all rows of a run. */
export function mistakenObjects(rows: Iterable<ItemRow>): MistakenObjects {
  const review = new DetectionReview()
  for (const row of rows) review.add(row)
  return { missed: review.missed, wrong: review.wrong }
}

function cut(list: ReviewedObject[]): readonly ReviewedObject[] {
  list.sort((a, b) => b.value - a.value || a.index - b.index || a.place - b.place)
  list.length = Math.min(list.length, most)
  return list
}

/** What the picture of an object is known by. */
export const pictureKey = ({
  side,
  index,
  place,
}: Pick<ReviewedObject, 'side' | 'index' | 'place'>): string => `${side} ${index} ${place}`

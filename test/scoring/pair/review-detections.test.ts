import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../src/limits.ts'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../../src/scoring/score.ts'

const square = (x: number, y: number, side: number) => [[x, y, x + side, y, x + side, y + side, x, y + side]]
const file = (document: unknown) =>
  ({ kind: 'file', bytes: new TextEncoder().encode(JSON.stringify(document)) }) as const
const [cat, dog] = [1, 2]

async function reviewOf(truths: readonly object[], detections: readonly object[], detection: object = {}) {
  const groundTruth = {
    images: [{ id: 7, width: 64, height: 64 }],
    categories: [
      { id: cat, name: 'cat' },
      { id: dog, name: 'dog' },
    ],
    annotations: truths.map((annotation, k) => ({ id: k + 1, image_id: 7, ...annotation })),
  }
  const results = detections.map((result) => ({ image_id: 7, ...result }))
  const options = parseScoreOptions({
    families: ['detection'],
    detection,
    prediction: { width: 64, height: 64 },
  })
  const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
  const { counted } = await scorePair(
    { groundTruth: file(groundTruth), prediction: file(results) },
    options,
    context,
  )
  return counted.detections?.review()
}

const object = (category: number, x: number, y: number, side: number, more: object = {}) => ({
  category_id: category,
  segmentation: square(x, y, side),
  ...more,
})

describe('what a review of detections tells', () => {
  it('is the missed objects by size, the wrong ones by score, and what was taken for what', async () => {
    const review = await reviewOf(
      [object(cat, 0, 0, 10), object(cat, 20, 20, 20), object(dog, 44, 0, 16)],
      [
        object(cat, 0, 0, 10, { score: 0.9 }),
        // A dog where the large cat is: IoU 0.81; and a second, less sure one.
        object(dog, 20, 20, 18, { score: 0.8 }),
        object(dog, 20, 20, 19, { score: 0.3 }),
        // Half of the dog: IoU 0.25.
        object(dog, 44, 0, 8, { score: 0.95 }),
      ],
    )
    expect(review?.confused).toEqual([[cat, dog, 1]])
    expect(review?.missed).toEqual([
      { category: cat, place: 1, area: 400, iou: 0 },
      { category: dog, place: 2, area: 256, iou: 0.25 },
    ])
    expect(review?.wrong).toEqual([
      { category: dog, place: 3, score: 0.95, iou: 0.25 },
      { category: dog, place: 1, score: 0.8, iou: 0, takenFor: cat },
      { category: dog, place: 2, score: 0.3, iou: 0 },
    ])
  })

  it('names a second detection of a found object wrong, with its IoU', async () => {
    const review = await reviewOf(
      [object(cat, 0, 0, 10)],
      [object(cat, 0, 0, 10, { score: 0.9 }), object(cat, 0, 0, 9, { score: 0.5 })],
    )
    expect(review).toEqual({
      confused: [],
      missed: [],
      wrong: [{ category: cat, place: 1, score: 0.5, iou: 0.81 }],
    })
  })

  it('leaves crowds and what lies on them out', async () => {
    const review = await reviewOf(
      [object(cat, 0, 0, 30, { iscrowd: 1 })],
      [object(cat, 5, 5, 10, { score: 0.9 })],
    )
    expect(review).toEqual({ confused: [], missed: [], wrong: [] })
  })

  it('is that of the lowest threshold where 1/2 is not asked for', async () => {
    const both = [[object(cat, 0, 0, 10)], [object(cat, 0, 0, 9, { score: 0.9 })]] as const
    expect((await reviewOf(...both, { thresholds: [0.95, 0.9] }))?.missed).toHaveLength(1)
    expect((await reviewOf(...both, { thresholds: [0.95, 0.8] }))?.missed).toHaveLength(0)
  })

  it('holds no more than three objects of a kind', async () => {
    const many = Array.from({ length: 6 }, (_, k) => object(cat, 10 * k, 0, 4 + k))
    expect((await reviewOf(many, []))?.missed.map(({ place }) => place)).toEqual([5, 4, 3])
  })
})

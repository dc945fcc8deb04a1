import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectionScores } from '../../../src/metrics/detection/detection-scores.ts'
import { DetectionTally } from '../../../src/metrics/detection/detection-tally.ts'
import { iouThresholds } from '../../../src/metrics/detection/iou-thresholds.ts'
import {
  type CategoryMatches,
  matchCategory,
  type SizeRange,
} from '../../../src/metrics/detection/match-category.ts'
import { type PlainDetection, type PlainImage, type PlainTruth, plainAp } from './brute-force.ts'

const side = 12
const ranges: readonly SizeRange[] = [
  [0, 1e10],
  [0, 20],
  [20, 45],
  [45, 1e10],
]

const rectangle = fc
  .tuple(fc.nat(side - 2), fc.nat(side - 2), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
  .map(([x, y, width, height]) => {
    const pixels = new Set<number>()
    for (let row = y; row < Math.min(side, y + height); row++)
      for (let column = x; column < Math.min(side, x + width); column++) pixels.add(row * side + column)
    return pixels
  })

const truth: fc.Arbitrary<PlainTruth> = fc
  .record({ pixels: rectangle, other: fc.option(fc.constantFrom(5, 20, 45, 60)), crowd: fc.nat(5) })
  .map(({ pixels, other, crowd }) => ({ pixels, area: other ?? pixels.size, isCrowd: crowd === 0 }))

/** Near a ground truth more often than not, with scores that tie. */
const image: fc.Arbitrary<PlainImage> = fc.array(truth, { maxLength: 5 }).chain((groundTruth) => {
  const near = groundTruth.length > 0 ? [fc.constantFrom(...groundTruth).map(({ pixels }) => pixels)] : []
  const cut = fc
    .tuple(fc.oneof(rectangle, ...near, ...near), fc.nat(4))
    .map(([pixels, lost]) => new Set([...pixels].slice(Math.min(lost, pixels.size - 1))))
  const detection: fc.Arbitrary<PlainDetection> = fc.record({
    pixels: cut,
    score: fc.integer({ min: 1, max: 6 }).map((tenths) => tenths / 10),
  })
  return fc.array(detection, { maxLength: 8 }).map((prediction) => ({ groundTruth, prediction }))
})

function matchesOf({ groundTruth, prediction }: PlainImage, category: number): CategoryMatches {
  const shown = [...prediction].sort((a, b) => b.score - a.score)
  const overlapsOf = (detection: PlainDetection) =>
    groundTruth.flatMap(({ pixels, isCrowd }, k) => {
      const both = [...detection.pixels].filter((pixel) => pixels.has(pixel)).length
      const whole = isCrowd ? detection.pixels.size : detection.pixels.size + pixels.size - both
      return both > 0 ? [{ groundTruth: k, iou: both / whole }] : []
    })
  const detections = shown.map((detection) => ({
    score: detection.score,
    area: detection.pixels.size,
    overlaps: overlapsOf(detection),
  }))
  return matchCategory({ category, groundTruth, prediction: detections }, iouThresholds, ranges)
}

/** Images, each with the objects of two categories. */
const sets = fc.array(fc.tuple(image, image), { minLength: 1, maxLength: 5 })
const scoring = { thresholds: iouThresholds, maxDetections: [1, 10, 100] } as const

function tallyOf(images: readonly (readonly PlainImage[])[], places = images.map((_, index) => index)) {
  const tally = new DetectionTally()
  for (const index of places)
    tally.add(
      { index },
      images[index].map((objects, category) => matchesOf(objects, category)),
    )
  return tally
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('average precision', () => {
  it('is what an evaluator written from the definition finds, on 500 random sets', () => {
    fc.assert(
      fc.property(sets, (images) => {
        const scores = detectionScores(tallyOf(images), scoring)
        const expected = (range: SizeRange, thresholds: readonly number[]) => {
          const perCategory = [0, 1].flatMap((category) => {
            const own = images.map((objects) => objects[category])
            const values = thresholds.map((iou) => plainAp(own, iou, range))
            return values.every((value) => value !== undefined)
              ? [{ ap: mean(values.map(({ ap }) => ap)), recall: mean(values.map(({ recall }) => recall)) }]
              : []
          })
          return perCategory.length === 0
            ? undefined
            : {
                ap: mean(perCategory.map(({ ap }) => ap)),
                recall: mean(perCategory.map(({ recall }) => recall)),
              }
        }
        const same = (found: unknown, value: number | undefined) =>
          value === undefined
            ? expect(found).toEqual({ reason: 'empty_ground_truth' })
            : expect(found).toBeCloseTo(value, 12)
        const all = expected(ranges[0], iouThresholds)
        same(scores.ap, all?.ap)
        same(scores.ar_100, all?.recall)
        same(scores.ap50, expected(ranges[0], [0.5])?.ap)
        same(scores.ap_small, expected(ranges[1], iouThresholds)?.ap)
        same(scores.ap_medium, expected(ranges[2], iouThresholds)?.ap)
        same(scores.ar_large, expected(ranges[3], iouThresholds)?.recall)
      }),
      { numRuns: 500 },
    )
  })

  it('has the same bits for any order of images and any split and order of merges', () => {
    fc.assert(
      fc.property(
        sets.chain((images) =>
          fc.tuple(
            fc.constant(images),
            fc.shuffledSubarray(
              images.map((_, k) => k),
              { minLength: images.length },
            ),
            fc.nat(images.length),
          ),
        ),
        ([images, order, cut]) => {
          const whole = detectionScores(tallyOf(images), scoring)
          const [first, second] = [tallyOf(images, order.slice(0, cut)), tallyOf(images, order.slice(cut))]
          second.merge(first)
          expect(JSON.stringify(detectionScores(second, scoring))).toBe(JSON.stringify(whole))
        },
      ),
    )
  })

  it('counts an image of weight w as w images of the same objects', () => {
    // Scores that differ: where equal ones meet inside an image, copies and weights are not the same.
    const apart = ([objects]: readonly PlainImage[], at: number): PlainImage => ({
      ...objects,
      prediction: objects.prediction.map((detection, k) => ({ ...detection, score: at + k / 100 })),
    })
    fc.assert(
      fc.property(sets, fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }), (sent, weights) => {
        const images = sent.map((objects, k) => [apart(objects, k)])
        const copies = images.flatMap((objects, k) => Array<typeof objects>(weights[k]).fill(objects))
        const weighted = detectionScores(tallyOf(images), {
          ...scoring,
          weightOf: ({ index }) => weights[index],
        })
        const copied = detectionScores(tallyOf(copies), scoring)
        for (const name of ['ap', 'ap50', 'ap_small', 'ar_1', 'ar_100'] as const) {
          const value = copied[name]
          if (typeof value === 'number') expect(weighted[name]).toBeCloseTo(value, 12)
          else expect(weighted[name]).toEqual(value)
        }
      }),
    )
  })
})

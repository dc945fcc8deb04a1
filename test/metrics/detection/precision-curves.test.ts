import { describe, expect, it } from 'vitest'
import { meanOf } from '../../../src/metrics/detection/average-precision.ts'
import { DetectionTally } from '../../../src/metrics/detection/detection-tally.ts'
import { matchCategory } from '../../../src/metrics/detection/match-category.ts'
import { precisionCurves } from '../../../src/metrics/detection/precision-curves.ts'
import { UndefinedScore } from '../../../src/metrics/numbers/undefined-score.ts'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { shownDetection } from '../../../src/scoring/scores/detection-block.ts'
import { detectionCases } from './golden-detections.ts'
import { scoreImages } from './score-images.ts'

/** Two objects: one found with the IoU 1 at 0.9, one with 0.6 at 0.5; a wrong detection at 0.7. */
function threeDetections(thresholds: readonly number[]): DetectionTally {
  const tally = new DetectionTally()
  const whole = { area: 100 }
  const found = matchCategory(
    {
      category: 4,
      groundTruth: [
        { ...whole, isCrowd: false },
        { ...whole, isCrowd: false },
      ],
      prediction: [
        { ...whole, score: 0.9, overlaps: [{ groundTruth: 0, iou: 1 }] },
        { ...whole, score: 0.7, overlaps: [] },
        { ...whole, score: 0.5, overlaps: [{ groundTruth: 1, iou: 0.6 }] },
      ],
    },
    thresholds,
    [[0, 1e10]],
  )
  tally.add({ index: 0 }, [found])
  return tally
}

function curvesOf(tally: DetectionTally, thresholds: readonly number[]) {
  const curves = precisionCurves(tally, thresholds)
  if (curves instanceof UndefinedScore) throw new Error(curves.reason)
  return curves
}

describe('precision-recall curves', () => {
  it('hold the best precision at each recall or a higher one, worked by hand', () => {
    const { recalls, thresholds, per_category } = curvesOf(threeDetections([0.5, 0.75]), [0.5, 0.75])
    expect([recalls.length, recalls[0], recalls[70], recalls[100]]).toEqual([101, 0, 70 * 0.01, 1])
    const [half, strict] = thresholds
    // Half of the objects is found at once, both with one wrong detection of three.
    expect(half.precision.slice(0, 51).every((value) => Math.abs(value - 1) < 1e-12)).toBe(true)
    expect(half.precision.slice(51).every((value) => Math.abs(value - 2 / 3) < 1e-12)).toBe(true)
    expect(strict.precision.slice(51).every((value) => value === 0)).toBe(true)
    expect(per_category).toMatchObject([{ category: 4, iou: 0.5, precision: half.precision }])
    const { confidences } = per_category[0]
    expect([confidences.length, confidences[50], confidences[51]]).toEqual([101, 0.9, 0.5])
  })

  it('tell of a category at the lowest threshold where 1/2 was not asked for, and only of recalls that are reached', () => {
    const { per_category } = curvesOf(threeDetections([0.9, 0.75]), [0.9, 0.75])
    expect(per_category[0].iou).toBe(0.75)
    expect(per_category[0].confidences).toEqual(Array(51).fill(0.9))
  })

  it('are undefined where no ground truth counts', () => {
    expect(precisionCurves(new DetectionTally(), [0.5])).toEqual(new UndefinedScore('empty_ground_truth'))
  })

  it('have the AP of a whole dataset as their mean', async () => {
    const golden = detectionCases.find(({ name }) => name === 'random-medium')
    if (!golden) throw new Error('the case is missing')
    const images = await scoreImages(golden, {})
    const tally = new DetectionTally()
    for (const { index, id, detections } of images) tally.add({ index, id }, detections.matches)
    const options = parseScoreOptions({ families: ['detection'], include: ['curves'] })
    const { ap, ap50, curves, per_category } = shownDetection(tally, options, new Map([[1, 'one']]))
    if (!curves || curves instanceof UndefinedScore) throw new Error('there are no curves')
    const aps = curves.thresholds.map(({ precision }) => meanOf(precision))
    expect(meanOf(aps)).toBeCloseTo(ap as number, 12)
    expect(aps[0]).toBeCloseTo(ap50 as number, 12)
    for (const { label, precision } of curves.per_category)
      expect(meanOf(precision)).toBeCloseTo(
        per_category.find((row) => row.label === label)?.ap50 as number,
        12,
      )
    expect(curves.per_category[0]).toMatchObject({ label: 1, name: 'one' })
  })
})

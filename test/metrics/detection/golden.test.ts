import { describe, expect, it } from 'vitest'
import { type DetectionScoring, detectionScores } from '../../../src/metrics/detection/detection-scores.ts'
import { DetectionTally } from '../../../src/metrics/detection/detection-tally.ts'
import { UndefinedScore } from '../../../src/metrics/numbers/undefined-score.ts'
import { type DetectionCase, detectionCases } from './golden-detections.ts'
import { scoreImages } from './score-images.ts'

const numberOf = (score: unknown): number | null => {
  if (score === null || score instanceof UndefinedScore) return null
  return typeof score === 'number' ? score : Number.NaN
}

/** Within 1e-12, and null where there is no value. */
function expectScores(scores: object, expected: object): void {
  const found = Object.fromEntries(Object.entries(scores).map(([name, score]) => [name, numberOf(score)]))
  for (const [name, value] of Object.entries(expected)) {
    if (typeof value === 'number')
      expect(Math.abs((found[name] ?? Number.NaN) - value), name).toBeLessThanOrEqual(1e-12)
    else expect(found[name], name).toBe(value)
  }
}

async function scoreCase(
  golden: DetectionCase,
  iou: 'mask' | 'box' | 'boundary',
  scoring: Pick<DetectionScoring, 'weightOf'> = {},
) {
  const images = await scoreImages(golden, { iou })
  const tally = new DetectionTally()
  for (const { index, detections } of images)
    tally.add(
      { index, ...(detections.imageId !== undefined && { id: detections.imageId }) },
      detections.matches,
    )
  const { thresholds, max_detections: maxDetections } = images[0].options.detection
  return { scores: detectionScores(tally, { thresholds, maxDetections, ...scoring }), images }
}

function expectCase(scores: ReturnType<typeof detectionScores>, expected: DetectionCase['expect']): void {
  const { per_category, ...whole } = expected
  expectScores(scores, whole)
  const rows = new Map(scores.per_category.map((row) => [row.category, row]))
  for (const row of per_category) {
    const found = rows.get(row.category)
    if (found) expectScores(found, row)
    else expect(row).toMatchObject({ ap: null, ap50: null, ar_100: null })
  }
}

describe('the 20 golden cases', () => {
  it.each(detectionCases.map((golden) => [golden.name, golden] as const))('%s', async (_, golden) => {
    const { scores, images } = await scoreCase(golden, golden.iou_type)
    expectCase(scores, golden.expect)
    for (const { image_id, ...expected } of golden.per_image ?? []) {
      const alone = images.find(({ id }) => id === image_id)?.report.detection
      expectScores(alone ?? {}, expected)
    }
  })

  it('are all there, with the five that the original gets wrong', () => {
    expect(detectionCases).toHaveLength(20)
    expect(detectionCases.filter(({ pycocotools }) => pycocotools !== undefined)).toHaveLength(5)
  })

  it.each(
    detectionCases.flatMap((golden) =>
      golden.expect_boundary ? [[golden.name, golden, golden.expect_boundary] as const] : [],
    ),
  )('%s by the IoU of boundaries', async (_, golden, expected) => {
    expectCase((await scoreCase(golden, 'boundary')).scores, expected)
  })

  it.each(
    detectionCases.flatMap((golden) =>
      golden.weighted ? [[golden.name, golden, golden.weighted] as const] : [],
    ),
  )('%s with images that count several times, or not at all', async (_, golden, weighted) => {
    const weights = new Map(weighted.weights.map(({ image_id, weight }) => [image_id, weight]))
    const weightOf: DetectionScoring['weightOf'] = ({ id = 0 }) => weights.get(id) ?? 1
    expectCase((await scoreCase(golden, golden.iou_type, { weightOf })).scores, weighted.expect)
  })
})

import { defaultLimits } from '../../../src/limits.ts'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../../src/scoring/score.ts'
import type { DetectionCase } from './golden-detections.ts'

type Documents = Pick<DetectionCase, 'ground_truth' | 'results'>

/** Scores every image of two documents as a pair of its own. */
export async function scoreImages(
  { ground_truth: truth, results }: Documents,
  detection: Readonly<Record<string, unknown>>,
) {
  const file = (document: unknown) =>
    ({ kind: 'file', bytes: new TextEncoder().encode(JSON.stringify(document)) }) as const
  const groundTruth = file(truth)
  const prediction = file(results)
  const images = [...truth.images].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
  return Promise.all(
    images.map(async ({ id, width, height }, index) => {
      const options = parseScoreOptions({
        families: ['detection'],
        detection,
        ground_truth: { image: id },
        prediction: { image: id, width, height },
      })
      const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
      const { report, counted } = await scorePair({ groundTruth, prediction }, options, context)
      const { detections } = counted
      if (!detections) throw new Error(`image ${id} has no detections`)
      return { id, index, report, detections, options }
    }),
  )
}

import type { CategoryMatches } from '../../metrics/detection/match-category.ts'
import type { PairDetections } from '../../scoring/pair/pair-detections.ts'
import type { DetectionRow, ItemContents } from './item-row.ts'

/** The match lists of a scored pair as its row keeps them, and why the pair has no scores of detection. */
export function detectionOf(
  detections: PairDetections | undefined,
): Pick<ItemContents, 'detection' | 'detection_without'> {
  if (!detections) return {}
  const { imageId, matches, review, without } = detections
  const { confused, missed, wrong } = review()
  return {
    detection: {
      ...(imageId !== undefined && { image: imageId }),
      categories: matches.map(({ category, counted, scores, outcomes }) => [
        category,
        counted,
        scores,
        packed(outcomes),
      ]),
      ...(confused.length > 0 && { confused }),
      ...(missed.length > 0 && {
        missed: missed.map(({ category, place, iou, area }) => [category, place, iou, area] as const),
      }),
      ...(wrong.length > 0 && {
        wrong: wrong.map(
          ({ category, place, iou, score, takenFor }) =>
            [category, place, iou, score, takenFor ?? null] as const,
        ),
      }),
    },
    ...(without && { detection_without: without }),
  }
}

/** The match lists that a row keeps. */
export const matchesOfRow = ({ categories }: DetectionRow): CategoryMatches[] =>
  categories.map(([category, counted, scores, outcomes]) => ({
    category,
    counted,
    scores,
    outcomes: unpacked(outcomes),
  }))

/** The same ground truth, of which nothing is detected. */
export const nothingDetected = ({
  confused: _,
  missed: _missed,
  wrong: _wrong,
  ...row
}: DetectionRow): DetectionRow => ({
  ...row,
  categories: row.categories.map(([category, counted]) => [category, counted, [], '']),
})

const perByte = 4

/** Four outcomes a byte, the first in the lowest two bits, as base64. */
function packed(outcomes: Uint8Array): string {
  const bytes = Buffer.alloc(Math.ceil(outcomes.length / perByte))
  outcomes.forEach((outcome, k) => {
    bytes[Math.floor(k / perByte)] |= outcome << (2 * (k % perByte))
  })
  return bytes.toString('base64')
}

/** Up to three outcomes more than were packed: they are of no detection. */
function unpacked(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64')
  return Uint8Array.from(
    { length: bytes.length * perByte },
    (_, k) => (bytes[Math.floor(k / perByte)] >> (2 * (k % perByte))) & 3,
  )
}

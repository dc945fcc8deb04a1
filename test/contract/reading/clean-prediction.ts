import type { Options } from './options.ts'
import type { Thing } from './side.ts'

/** The things that are not too small, by all their pixels. */
export const cleanedThings = (
  things: readonly Thing[],
  { min_prediction_area = 0 }: Options,
): readonly Thing[] => things.filter(({ covers }) => covers.filter(Boolean).length >= min_prediction_area)

/** The labels with segments that are too small, by all their pixels, turned into background. */
export function cleanedLabels(
  labels: readonly number[],
  segmentsOf: (labels: readonly number[]) => readonly number[],
  { min_prediction_area = 0, background = 0 }: Options,
): readonly number[] {
  if (min_prediction_area === 0 || background === null) return labels
  const segments = segmentsOf(labels)
  const areas = new Map<number, number>()
  for (const segment of segments) areas.set(segment, (areas.get(segment) ?? 0) + 1)
  return labels.map((label, pixel) =>
    (areas.get(segments[pixel]) as number) < min_prediction_area ? background : label,
  )
}

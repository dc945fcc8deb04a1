import { boundingBoxes } from '../../labels/bounding-boxes.ts'
import { segmentContributions } from '../../metrics/information/segments.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import type { KeptPixels } from '../pair/kept-pixels.ts'
import type { Segmentation } from '../pair/segmentation.ts'
import { type ClassNames, named } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'

/** Who causes the loss: segments by their share of the variation of information. */
export function segmentScores(
  { segments, keep }: KeptPixels,
  partition: ContingencyTable,
  options: ScoreOptions,
  names: ClassNames,
) {
  const boxes = {
    ground_truth: boundingBoxes(segments.groundTruth.map, keep),
    prediction: boundingBoxes(segments.prediction.map, keep),
  }
  const sides: Record<'ground_truth' | 'prediction', Segmentation> = {
    ground_truth: segments.groundTruth,
    prediction: segments.prediction,
  }
  return segmentContributions(partition, {
    logBase: options.log_base,
    top: options.segments.top,
    boxOf: (side, segment) => boxes[side].get(segment),
  }).map(({ label: segment, ...row }) => {
    const { side } = row
    const other = sides[side === 'ground_truth' ? 'prediction' : 'ground_truth']
    const largest_overlaps = row.largest_overlaps.map(({ label, area }) => ({
      label: other.labelOf(label),
      area,
    }))
    return { ...named({ label: sides[side].labelOf(segment), ...row }, names), largest_overlaps }
  })
}

import { boundingBoxes } from '../../labels/bounding-boxes.ts'
import { boundary } from '../../metrics/boundary/boundary.ts'
import { segmentContributions } from '../../metrics/information/segments.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { Places, Segmentation } from '../pair/places.ts'
import { type ClassNames, named } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'

/** More labels than this are not scored by boundary unless the caller names them. */
const maxUnnamedLabels = 64

/** Boundary scores of the labels that are asked for. */
export function boundaryScores(
  { groundTruth, prediction, keep }: Places,
  classes: ContingencyTable,
  options: ScoreOptions,
  names: ClassNames,
) {
  const dimensions = groundTruth.depth === 1 ? 2 : 3
  const { tolerances, surface, boundary_iou_dilation: dilation } = options.boundary
  const spacing = options.boundary.spacing ?? Array<number>(dimensions).fill(1)
  if (spacing.length !== dimensions)
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/boundary/spacing',
      `the masks have ${dimensions} dimensions, so spacing has ${dimensions} numbers and not ${spacing.length}`,
    )
  if (dimensions === 3 && surface === 'surfel')
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/boundary/surface',
      'surfels are defined for images; a volume has "pixel" surfaces',
    )
  const scores = boundary(groundTruth, prediction, {
    spacing,
    tolerances,
    surface,
    labels: boundaryLabels(classes, options, names),
    ...(dilation !== undefined && { dilation }),
    keep,
  })
  return {
    ...scores,
    per_label: scores.per_label.map((row) => named(row, names)),
  }
}

function boundaryLabels(
  { rowLabels, columnLabels }: ContingencyTable,
  options: ScoreOptions,
  names: ClassNames,
): number[] {
  if (options.boundary.labels) return options.boundary.labels
  if (names.listed)
    return names.listed.map(({ label }) => label).filter((label) => label !== options.background)
  const present = [...new Set([...rowLabels, ...columnLabels])].filter((label) => label !== 0)
  if (present.length > maxUnnamedLabels)
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/boundary/labels',
      `the masks hold ${present.length} non-zero labels; name those to score (at most ${maxUnnamedLabels} are taken unasked)`,
    )
  return present.sort((a, b) => a - b)
}

/** Who causes the loss: segments by their share of the variation of information. */
export function segmentScores(
  { segments, keep }: Places,
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

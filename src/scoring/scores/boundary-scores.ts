import { isVolume } from '../../labels/label-map.ts'
import { boundary } from '../../metrics/boundary/boundary.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { KeptPixels } from '../pair/kept-pixels.ts'
import { type ClassNames, named } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'

/** Boundaries of more labels than this are scored only when the caller names the labels. */
const maxUnnamedLabels = 64

/** Boundary scores of the labels that the options name, else of all labels but 0. */
export function boundaryScores(
  { groundTruth, prediction, keep }: KeptPixels,
  classes: ContingencyTable,
  options: ScoreOptions,
  names: ClassNames,
) {
  const dimensions = isVolume(groundTruth) ? 3 : 2
  const { tolerances, percentiles, surface, boundary_iou_dilation: dilation } = options.boundary
  const spacing = options.boundary.spacing ?? Array<number>(dimensions).fill(1)
  if (spacing.length !== dimensions)
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/boundary/spacing',
      `The masks have ${dimensions} dimensions, so \`spacing\` has ${dimensions} numbers and not ${spacing.length}.`,
    )
  if (dimensions === 3 && surface === 'surfel')
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/boundary/surface',
      'Surfels are defined for images; a volume has "pixel" surfaces.',
    )
  const scores = boundary(groundTruth, prediction, {
    spacing,
    tolerances,
    percentiles,
    surface,
    labels: boundaryLabels(classes, options, names),
    ...(dilation !== undefined && { dilation }),
    keep,
  })
  return { ...scores, per_label: scores.per_label.map((row) => named(row, names)) }
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
      `The masks hold ${present.length} non-zero labels: name those to score. Without names at most ${maxUnnamedLabels} are scored.`,
    )
  return present.sort((a, b) => a - b)
}

import { isVolume } from '../../labels/label-map.ts'
import { boundary } from '../../metrics/boundary/boundary.ts'
import { families } from '../../metrics/families.ts'
import { UndefinedScore, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { CountedLabels } from '../pair/count-labels.ts'
import type { KeptPixels } from '../pair/kept-pixels.ts'
import { spacingNumbers } from '../request/boundary-options.ts'
import { type ClassNames, named } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'

/** Boundaries of more labels than this are scored only when the caller names the labels. */
const maxUnnamedLabels = 64

/**
 * Boundary scores of the labels that the options name, else of all labels but 0. Undefined `too_large` where all families
 * are asked for and there are too many labels: the other scores are then answered all the same.
 */
export function boundaryScores(
  { groundTruth, prediction, keep }: KeptPixels,
  counted: CountedLabels,
  options: ScoreOptions,
  names: ClassNames,
) {
  const dimensions = isVolume(groundTruth) ? 3 : 2
  const { tolerances, percentiles, surface, boundary_iou_dilation: dilation } = options.boundary
  const spacing = spacingNumbers(options.boundary) ?? Array<number>(dimensions).fill(1)
  if (spacing.length !== dimensions)
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/boundary/spacing',
      `The masks have ${dimensions} dimensions, so \`spacing\` has ${dimensions} numbers and not ${spacing.length}.`,
    )
  const labels = boundaryLabels(counted, options, names)
  if (labels instanceof UndefinedScore) return labels
  const scores = boundary(groundTruth, prediction, {
    spacing,
    tolerances,
    percentiles,
    surface,
    labels,
    ...(dilation !== undefined && { dilation }),
    keep,
  })
  return { ...scores, per_label: scores.per_label.map((row) => named(row, names)) }
}

function boundaryLabels(
  { classes: { rowLabels, columnLabels }, voidLabels }: CountedLabels,
  options: ScoreOptions,
  names: ClassNames,
): number[] | UndefinedScore {
  if (options.boundary.labels) return options.boundary.labels
  if (names.listed)
    return names.listed
      .map(({ label }) => label)
      .filter((label) => label !== options.background && !voidLabels.has(label))
  const present = [...new Set([...rowLabels, ...columnLabels])].filter(
    (label) => label !== 0 && !voidLabels.has(label),
  )
  if (present.length > maxUnnamedLabels) {
    if (options.families.length === families.length) return undefinedBecause('too_large')
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/boundary/labels',
      `The masks hold ${present.length} non-zero labels: name those to score. Without names at most ${maxUnnamedLabels} are scored.`,
    )
  }
  return present.sort((a, b) => a - b)
}

import { isVolume } from '../../labels/label-map.ts'
import { boundary } from '../../metrics/boundary/boundary.ts'
import { UndefinedScore } from '../../metrics/numbers/undefined-score.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { CountedLabels } from '../pair/count-labels.ts'
import type { KeptPixels } from '../pair/kept-pixels.ts'
import { spacingNumbers } from '../request/boundary-options.ts'
import { type ClassNames, named } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'
import { groupBoundaries } from './group-rows.ts'
import { scoredLabels } from './scored-labels.ts'

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
  const labels = scoredLabels('boundary', counted, options, names)
  if (labels instanceof UndefinedScore) return labels
  const setting = {
    spacing,
    tolerances,
    percentiles,
    surface,
    ...(dilation !== undefined && { dilation }),
    keep,
  }
  const scores = boundary(groundTruth, prediction, { ...setting, labels })
  const { groups } = options
  return {
    ...scores,
    per_label: scores.per_label.map((row) => named(row, names)),
    ...(groups && { per_group: groupBoundaries({ groundTruth, prediction }, groups, setting) }),
  }
}

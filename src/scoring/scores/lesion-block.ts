import type { Connectivity } from '../../labels/components.ts'
import { isVolume } from '../../labels/label-map.ts'
import { type BinaryPair, binaryPair } from '../../metrics/lesions/binary-pair.ts'
import { bratsLesions } from '../../metrics/lesions/brats-lesions.ts'
import { lesionScores, lesionShares } from '../../metrics/lesions/lesion-scores.ts'
import { UndefinedScore, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { CountedLabels } from '../pair/count-labels.ts'
import type { KeptPixels } from '../pair/kept-pixels.ts'
import { neighbours } from '../pair/segmentation.ts'
import { spacingNumbers } from '../request/boundary-options.ts'
import type { ClassNames } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'
import { areAllAsked, scoredLabels } from './scored-labels.ts'

/** Lesions of "brats" that a row lists. */
const maxLesions = 1000
const bratsMinVolume = 50

/** What is the same for all rows. */
interface Setting {
  readonly protocol: ScoreOptions['lesions']['protocol']
  readonly connectivity: Connectivity
  readonly dilation: number
  readonly minVolume: number
  /** Of a pixel, in mm³ or pixels; and how many of these are one of the unit of volumes. */
  readonly pixelVolume: number
  readonly perUnit: number
  readonly spacing: readonly number[]
  readonly worstCase: number
}

/**
 * Lesions of each group, or without groups of each label. Undefined where all families are asked for and the masks are no
 * volumes, or have too many labels.
 * @throws Refusal INVALID_OPTIONS
 */
export function lesionBlock(
  { groundTruth, prediction, keep }: KeptPixels,
  counted: CountedLabels,
  options: ScoreOptions,
  names: ClassNames,
) {
  if (!isVolume(groundTruth) && areAllAsked(options)) return undefinedBecause('no_volume')
  const subjects = subjectsOf(counted, options, names)
  if (subjects instanceof UndefinedScore) return subjects
  const setting = settingOf(groundTruth, options)
  const { protocol, connectivity, dilation, minVolume, perUnit } = setting
  const margin = protocol === 'brats' ? 2 * dilation : 0
  const rows = subjects.map(({ labels, ...subject }) => {
    const pair = binaryPair(groundTruth, prediction, { labels: new Set(labels), keep, margin })
    const scores = protocol === 'brats' ? bratsRow(pair, setting) : componentRow(pair, setting)
    return { ...subject, ...scores }
  })
  const inVoxels = isVolume(groundTruth) ? ('voxel' as const) : ('pixel' as const)
  return {
    protocol,
    connectivity,
    ...(protocol === 'brats' && { dilation }),
    min_volume: minVolume,
    unit: perUnit === 1 ? inVoxels : ('ml' as const),
    rows,
  }
}

function subjectsOf(counted: CountedLabels, options: ScoreOptions, names: ClassNames) {
  const { groups } = options
  if (groups) return Object.entries(groups).map(([group, labels]) => ({ group, labels }))
  const labels = scoredLabels('lesions', counted, options, names)
  if (labels instanceof UndefinedScore) return labels
  return [...new Set(labels)].map((label) => {
    const name = names.nameOf.get(label)
    return { label, ...(name !== undefined && { name }), labels: [label] }
  })
}

function settingOf(map: KeptPixels['groundTruth'], options: ScoreOptions): Setting {
  const { protocol, dilation, min_volume, connectivity: asked } = options.lesions
  if (protocol === 'brats' && !isVolume(map))
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/lesions/protocol',
      'The rules of BraTS are for volumes, and the masks are images.',
    )
  const sides = isVolume(map) ? [map.depth, map.height, map.width] : [map.height, map.width]
  const numbers = spacingNumbers(options.boundary)
  const spacing = numbers ?? sides.map(() => 1)
  if (spacing.length !== sides.length)
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/boundary/spacing',
      `The masks have ${sides.length} dimensions, so \`spacing\` has ${sides.length} numbers and not ${spacing.length}.`,
    )
  const inMillimetres = numbers !== undefined && (options.boundary.unit ?? 'mm') === 'mm' && isVolume(map)
  const usual = protocol === 'autopet' ? 18 : undefined
  return {
    protocol,
    connectivity:
      protocol === 'brats' ? 26 : neighbours(asked ?? usual, map, '/options/lesions/connectivity'),
    dilation,
    minVolume: min_volume ?? (protocol === 'brats' ? bratsMinVolume : 0),
    pixelVolume: spacing.reduce((product, side) => product * side, 1),
    perUnit: inMillimetres ? 1000 : 1,
    spacing,
    worstCase: Math.hypot(...sides.map((side, axis) => side * spacing[axis])),
  }
}

function componentRow(pair: BinaryPair, { connectivity, pixelVolume, minVolume, perUnit }: Setting) {
  const scores = lesionScores(pair, { connectivity, pixelVolume, minVolume })
  return {
    ...scores,
    volume_ground_truth: scores.volume_ground_truth / perUnit,
    volume_prediction: scores.volume_prediction / perUnit,
    false_positive_volume: scores.false_positive_volume / perUnit,
    false_negative_volume: scores.false_negative_volume / perUnit,
  }
}

function bratsRow(
  pair: BinaryPair,
  { dilation, pixelVolume, minVolume, perUnit, spacing, worstCase }: Setting,
) {
  const scores = bratsLesions(pair, { dilation, voxelVolume: pixelVolume, minVolume, spacing })
  const { lesions, predicted, detected, false: invented, per_lesion, mean_dice, mean_hausdorff_95 } = scores
  const counts = { lesions, predicted, detected, missed: lesions - detected, false: invented }
  const volumeOf = ({ labels }: BinaryPair['groundTruth']) =>
    (labels.reduce((sum, label) => sum + label, 0) * pixelVolume) / perUnit
  return {
    ...counts,
    ...lesionShares(counts),
    volume_ground_truth: volumeOf(pair.groundTruth),
    volume_prediction: volumeOf(pair.prediction),
    mean_dice,
    mean_hausdorff_95,
    worst_case: worstCase,
    per_lesion: per_lesion
      .slice(0, maxLesions)
      .map((lesion) => ({ ...lesion, volume: lesion.volume / perUnit })),
    ...(per_lesion.length > maxLesions && { truncated: per_lesion.length - maxLesions }),
  }
}

import { fewGroups, minGroups } from '../bootstrap/expanded-percentile.ts'
import type { Comparison } from '../comparison/comparison.ts'
import { pooledPointer } from '../summary/headline.ts'
import { headlineScores, type IntervalNote, type Summary } from '../summary/summary.ts'
import { grouped } from './figure.ts'
import type { HeadlineRow } from './headline-rows.ts'

/** Whether a run is whole, and what became of its items: the first thing that every report says. */
export function completeness({ complete, items }: Pick<Summary, 'complete' | 'items'>): string {
  const parts = [
    `${grouped(items.scored)} of ${grouped(items.total)} items scored`,
    ...(items.failed > 0 ? [`${grouped(items.failed)} failed`] : []),
    ...(items.skipped > 0 ? [`${grouped(items.skipped)} skipped`] : []),
    ...(items.substituted > 0 ? [`${grouped(items.substituted)} of the scored as empty predictions`] : []),
  ]
  return `${complete ? 'Complete' : 'INCOMPLETE'}: ${parts.join(', ')}`
}

const titles: Readonly<Record<HeadlineRow['score'], string>> = {
  mi_loss: 'MI loss',
  mean_iou: 'Mean IoU',
  pixel_accuracy: 'Pixel accuracy',
  mean_dice: 'Mean Dice',
  pq: 'Panoptic quality',
  ap: 'AP',
  ap50: 'AP50',
  lesion_f1: 'Lesion F1',
  soft_mi_loss: 'Soft MI loss',
  log_loss: 'Log loss',
  brier: 'Brier score',
  ece: 'Calibration error',
}

export const scoreTitle = (score: HeadlineRow['score']): string => titles[score]

const notes: Readonly<Record<IntervalNote, string>> = {
  too_few_groups: `no interval: fewer than ${minGroups} items or groups`,
  small_sample: 'small sample',
  unstable: 'no interval: undefined in too many resamples',
  too_few_replicates: 'no interval: too few resamples for this level',
}

/** Why there is no interval, or what to bear in mind when reading it. */
export const noteSaid = (note: IntervalNote): string => notes[note]

const reasons: Readonly<Record<string, string>> = {
  no_pixels: 'no pixel was counted',
  absent_both: 'in neither mask',
  empty_ground_truth: 'nothing of it in the ground truth',
  empty_prediction: 'nothing of it in the prediction',
  zero_denominator: 'its denominator is 0',
  budget: 'it was too much work',
  too_large: 'too large to be computed',
  too_many_classes: 'more labels than are counted as classes',
  labels_are_objects: 'labels number objects, not classes',
  joint_not_kept: 'the joint table of an image was not kept',
  no_probabilities: 'there are no probabilities',
  soft_ground_truth: 'the ground truth is probabilities',
  independent: 'the channels are independent',
}

/** Why a value is null, in words; a reason without words of its own as it is. */
export const reasonSaid = (reason: string): string => reasons[reason] ?? reason.replaceAll('_', ' ')

/** What the intervals of a run are. */
export const intervalsSaid = ({ intervals, groups }: Pick<Summary, 'intervals' | 'groups'>): string =>
  intervals
    ? `${Number((100 * intervals.level).toFixed(2))} % interval over ${grouped(intervals.groups)} ${groups ? 'groups' : 'items'}, ${grouped(intervals.replicates)} resamples`
    : 'no intervals'

/** Beside every mean IoU, and whatever else rests on it, when nobody said that labels are classes. */
export const assumedSaid =
  'Assumed: nobody said that a label means the same in every image. Say so with the options "classes" or "preset", or with "labels": "classes".'

/** A pointer to a headline score in words: `/macro/mean_iou/mean` is "Mean IoU, mean over images". */
export function pointerTitle(pointer: string): string {
  const parts = pointer.split('/')
  const isMacro = parts[1] === 'macro'
  const name = (isMacro ? parts[2] : parts.at(-1)) ?? ''
  const score = headlineScores.find((headline) =>
    isMacro ? headline === name : pooledPointer[headline] === pointer,
  )
  return `${score ? scoreTitle(score) : name}, ${isMacro ? 'mean over images' : 'pooled'}`
}

/** How many items a comparison is over, and how many it leaves out. */
export function comparedItems({ items }: Pick<Comparison, 'items'>): string {
  const failed = (count: number, run: string) =>
    count > 0 ? [`${grouped(count)} failed or skipped ${run}`] : []
  const single = items.only_a + items.only_b
  return [
    `${grouped(items.both)} items scored in both`,
    ...(single > 0 ? [`${grouped(single)} in one run only`] : []),
    ...failed(items.failed_a, 'before'),
    ...failed(items.failed_b, 'now'),
  ].join(', ')
}

/** What to bear in mind when there are few groups; undefined where there are enough, or no intervals. */
export function smallSampleSaid({
  intervals,
  groups,
}: Pick<Summary, 'intervals' | 'groups'>): string | undefined {
  if (!intervals || intervals.groups >= fewGroups || intervals.groups < minGroups) return undefined
  return `Fewer than ${fewGroups} ${groups ? 'groups' : 'items'} are a small sample: an interval then covers the true value less often than it says.`
}

/** What a note says of one interval; nothing where it is said of the whole sample already. */
export function ownNote(note: IntervalNote | undefined, isSmallSaid: boolean): string[] {
  return note === undefined || (note === 'small_sample' && isSmallSaid) ? [] : [noteSaid(note)]
}

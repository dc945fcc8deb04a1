import { AnyOf } from '../reading/any-of.ts'
import { mean, ratio, sum } from '../reading/gap.ts'
import type { Item, Objects } from '../reading/objects.ts'
import type { Options } from '../reading/options.ts'
import { assignedJaccards } from './assigned-jaccards.ts'
import { type Meeting, matchesAbove, matching, meetingsOf } from './matching.ts'
import { panoptic } from './panoptic.ts'

const defaultThresholds = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]

export function instances(objects: Objects, options: Options): Record<string, unknown> {
  const { groundTruth, prediction, whenNone } = objects
  const meetings = meetingsOf(objects)
  const thresholds = (options.instances?.thresholds ?? defaultThresholds).map((iou) =>
    detection(objects, meetings, iou),
  )
  const asked = options.instances
  const matches = matchesAbove(objects, meetings, 0.5)
  const areNone = groundTruth.length + prediction.length === 0
  return {
    background: options.background === undefined ? 0 : options.background,
    ground_truth_count: groundTruth.length,
    prediction_count: prediction.length,
    thresholds,
    mean_ap_dsb: areNone
      ? whenNone
      : mean(
          thresholds.map(({ ap_dsb }) => ap_dsb as number),
          '',
        ),
    n_averaged: { mean_ap_dsb: areNone ? 0 : thresholds.length },
    panoptic: panoptic(objects, meetings),
    ...(asked?.panoptic_thresholds && {
      panoptic_thresholds: asked.panoptic_thresholds.map((iou) => {
        const { pq, sq, rq, tp, fp, fn } = panoptic(objects, meetings, iou)
        return { iou, pq, sq, rq, tp, fp, fn }
      }),
    }),
    aji: areNone ? whenNone : aggregatedJaccard(objects, meetings),
    aji_plus: areNone ? whenNone : assignedJaccards(objects, meetings),
    sbd: areNone ? whenNone : symmetricBestDice(objects, meetings),
    mean_matched_dice: areNone
      ? whenNone
      : mean(
          matches.map(({ shared, union }) => (2 * shared) / (shared + union)),
          'zero_denominator',
        ),
    split_objects: events(objects, meetings, 'truth'),
    merged_objects: events(objects, meetings, 'found'),
    ...(options.include?.includes('matches') && {
      matches: matches.map(({ truth, found, shared, union }) => ({
        ground_truth: numberOf(groundTruth, truth),
        prediction: numberOf(prediction, found),
        iou: shared / union,
      })),
    }),
  }
}

/** The number of an object, or of another one that has the same pixels. */
const numberOf = (items: readonly Item[], index: number): AnyOf =>
  new AnyOf(
    items
      .filter(({ counted }) => counted.every((is, pixel) => is === items[index].counted[pixel]))
      .map(({ number }) => number),
  )

function detection(objects: Objects, meetings: readonly Meeting[], iou: number) {
  const [truths, found] = [objects.groundTruth.length, objects.prediction.length]
  const tp = matching(
    objects,
    meetings.filter(({ shared, union }) => shared / union >= iou - 1e-12),
  ).length
  const none = (reason: string) => (truths + found === 0 ? objects.whenNone.reason : reason)
  return {
    iou,
    tp,
    fp: found - tp,
    fn: truths - tp,
    precision: ratio(tp, found, none('empty_prediction')),
    recall: ratio(tp, truths, none('empty_ground_truth')),
    f1: ratio(2 * tp, truths + found, none('')),
    ap_dsb: ratio(tp, truths + found - tp, none('')),
  }
}

/** Objects of which two or more on the other side have more than half of their pixels in them. */
function events(
  { groundTruth, prediction }: Objects,
  meetings: readonly Meeting[],
  side: 'truth' | 'found',
): number {
  const [wholes, pieces, other] =
    side === 'truth'
      ? ([groundTruth, prediction, 'found'] as const)
      : ([prediction, groundTruth, 'truth'] as const)
  // Parts have their majority in the whole. Larger ones go first, while there is room for them: a copy is no piece.
  const isCut = ({ area }: { readonly area: number }, whole: number): boolean => {
    const parts = meetings
      .filter((meeting) => meeting[side] === whole && 2 * meeting.shared > pieces[meeting[other]].area)
      .sort((x, y) => y.shared - x.shared || x[other] - y[other])
    let [count, covered] = [0, 0]
    for (const { shared } of parts)
      if (covered + shared <= area) {
        count++
        covered += shared
      }
    return count > 1 && 2 * covered > area
  }
  return wholes.filter(isCut).length
}

/** Every true object with the prediction of the best IoU, then of the larger overlap, then the first. */
function aggregatedJaccard({ groundTruth, prediction }: Objects, meetings: readonly Meeting[]): number {
  let [shared, union] = [0, 0]
  const used = new Set<number>()
  groundTruth.forEach(({ area }, truth) => {
    const best = meetings
      .filter((meeting) => meeting.truth === truth)
      .sort((x, y) => y.shared * x.union - x.shared * y.union || y.shared - x.shared || x.found - y.found)[0]
    shared += best?.shared ?? 0
    union += best?.union ?? area
    if (best) used.add(best.found)
  })
  return shared / (union + sum(prediction.filter((_, found) => !used.has(found)).map(({ area }) => area)))
}

function symmetricBestDice({ groundTruth, prediction }: Objects, meetings: readonly Meeting[]): number {
  if (groundTruth.length === 0 || prediction.length === 0) return 0
  const dice = ({ truth, found, shared }: Meeting) =>
    (2 * shared) / (groundTruth[truth].area + prediction[found].area)
  const best = (items: readonly Item[], side: 'truth' | 'found') =>
    sum(items.map((_, index) => Math.max(0, ...meetings.filter((one) => one[side] === index).map(dice)))) /
    items.length
  return Math.min(best(groundTruth, 'truth'), best(prediction, 'found'))
}

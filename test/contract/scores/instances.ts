import { Gap, mean, ratio, type Score, sum } from '../reading/gap.ts'
import type { Item, Objects } from '../reading/objects.ts'
import type { Options } from '../reading/options.ts'
import { assignedJaccards } from './assigned-jaccards.ts'
import { assignedColumns } from './assignment.ts'

/** Two objects that may be partners. */
export interface Meeting {
  readonly truth: number
  readonly found: number
  readonly shared: number
  readonly union: number
}

const defaultThresholds = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]

export function instances(objects: Objects, options: Options): Record<string, unknown> {
  const { groundTruth, prediction, whenNone } = objects
  const meetings = meetingsOf(objects)
  const thresholds = (options.instances?.thresholds ?? defaultThresholds).map((iou) =>
    detection(objects, meetings, iou),
  )
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
    aji: areNone ? whenNone : aggregatedJaccard(objects, meetings),
    aji_plus: areNone ? whenNone : assignedJaccards(objects, meetings),
    sbd: areNone ? whenNone : symmetricBestDice(objects, meetings),
  }
}

function meetingsOf({ groundTruth, prediction, byCategory }: Objects): Meeting[] {
  return groundTruth.flatMap((truth, i) =>
    prediction.flatMap((found, j) => {
      const shared = truth.counted.filter((counted, pixel) => counted && found.counted[pixel]).length
      if (shared === 0 || (byCategory && truth.category !== found.category)) return []
      return [{ truth: i, found: j, shared, union: truth.area + found.area - shared }]
    }),
  )
}

/** The pairs of a one-to-one matching with the most pairs, and of those with the largest sum of IoUs. */
function matching({ groundTruth, prediction }: Objects, allowed: readonly Meeting[]): Meeting[] {
  const many = groundTruth.length + prediction.length + 1
  const between = (i: number, j: number) => allowed.find(({ truth, found }) => truth === i && found === j)
  const weights = groundTruth.map((_, i) =>
    prediction.map((_, j) => {
      const meeting = between(i, j)
      return meeting ? many + meeting.shared / meeting.union : 0
    }),
  )
  return assignedColumns(weights).flatMap((j, i) => between(i, j) ?? [])
}

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

function panoptic(objects: Objects, meetings: readonly Meeting[]) {
  const { groundTruth, prediction, byCategory, whenNone } = objects
  const matches = matching(
    objects,
    meetings.filter(({ shared, union }) => 2 * shared > union),
  )
  const quality = (isOf: (item: Item) => boolean) => {
    const mine = matches.filter(({ truth }) => isOf(groundTruth[truth]))
    const tp = mine.length
    const fp = prediction.filter(isOf).length - tp
    const fn = groundTruth.filter(isOf).length - tp
    const iou = sum(mine.map(({ shared, union }) => shared / union))
    const { reason } = whenNone
    return {
      pq: ratio(iou, tp + fp / 2 + fn / 2, reason),
      sq: ratio(iou, tp, tp + fp + fn === 0 ? reason : 'zero_denominator'),
      rq: ratio(tp, tp + fp / 2 + fn / 2, reason),
      tp,
      fp,
      fn,
    }
  }
  const all = quality(() => true)
  if (!byCategory) return all
  const categories = [...new Set([...groundTruth, ...prediction].map(({ category }) => category))].sort(
    (a, b) => a - b,
  )
  const per_category = categories.map((label) => ({
    label,
    ...quality(({ category }) => category === label),
  }))
  // A category without a match counts as 0 in all three.
  const value = (score: Score) => (score instanceof Gap ? 0 : score)
  const over = (name: 'pq' | 'sq' | 'rq') =>
    mean(
      per_category.map((row) => value(row[name])),
      whenNone.reason,
    )
  return {
    ...all,
    pq: over('pq'),
    sq: over('sq'),
    rq: over('rq'),
    n_averaged: categories.length,
    per_category,
  }
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

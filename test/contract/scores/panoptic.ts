import { Gap, mean, ratio, type Score, sum } from '../reading/gap.ts'
import type { Item, Objects } from '../reading/objects.ts'
import { type Meeting, matchesAbove } from './matching.ts'

export function panoptic(objects: Objects, meetings: readonly Meeting[], threshold = 0.5) {
  const { groundTruth, prediction, byCategory, whenNone } = objects
  const matches = matchesAbove(objects, meetings, threshold)
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

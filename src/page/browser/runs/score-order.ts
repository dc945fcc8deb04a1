import { type ItemOrder, usualOrder } from '../address/run-address.ts'
import type { Metric } from '../api/metrics.ts'

export type Metrics = ReadonlyMap<string, Metric>

/** Where larger is better; null for what is neither better nor worse, and while it is not known. */
function higherIsBetter(score: string, metrics: Metrics): boolean | null {
  if (score === 'iou' || score === 'dice') return true
  // A score at a tolerance is named with it, `nsd_at_2`, and one of a group or label with that.
  const metric = metrics.get(score) ?? metrics.get(score.replace(/_(at|of)_.*$/, ''))
  return metric?.higher_is_better ?? null
}

/** The order in which a score is looked at first: worst first, where it has a worst. */
export const firstOrder = (score: string, metrics: Metrics): ItemOrder =>
  metrics.size > 0 && higherIsBetter(score, metrics) === null && usualOrder(score) === 'worst'
    ? 'descending'
    : usualOrder(score)

/** Whether rows rise, as `aria-sort` has it. */
export function isRising(score: string, order: ItemOrder, metrics: Metrics): boolean {
  if (order === 'ascending' || order === 'descending') return order === 'ascending'
  return (higherIsBetter(score, metrics) ?? false) === (order === 'worst')
}

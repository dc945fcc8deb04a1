import {
  type ItemFilter,
  type RunAddress,
  readRunAddress,
  usualOrder,
  writeRunAddress,
} from '../address/run-address.ts'
import { firstOrder, type Metrics } from './score-order.ts'

/** Scores that are those of a class: which one, the filter says. */
export const isOfClass = (score: string): boolean => score === 'iou' || score === 'dice'

/** With a filter, or without it. What needs a class goes with it. */
export function withFilter(place: RunAddress, name: ItemFilter, value: string | undefined): RunAddress {
  const { [name]: _, ...others } = place.filters
  const filters: RunAddress['filters'] = value === undefined ? others : { ...others, [name]: value }
  if (filters.class !== undefined) return { ...place, filters }
  const { between, below, ...rest } = filters
  const without = {
    ...rest,
    ...(between !== undefined && !isOfClass(between.split(':')[0]) && { between }),
    ...(below !== undefined && !isOfClass(below.split(':')[0]) && { below }),
  }
  if (!isOfClass(place.sort)) return { ...place, filters: without }
  return { ...place, filters: without, sort: 'mi_loss', order: usualOrder('mi_loss') }
}

/** Images that hold a class, by its IoU, worst first; the same class once more takes that back. */
export const withClass = (place: RunAddress, label: number): RunAddress =>
  place.filters.class === String(label)
    ? withFilter(place, 'class', undefined)
    : { ...withFilter(place, 'class', String(label)), sort: 'iou', order: 'worst' }

const turned = { worst: 'best', best: 'worst', ascending: 'descending', descending: 'ascending' } as const

/** Ordered by a score; by the same once more turns the order around. */
export const withSort = (place: RunAddress, sort: string, metrics: Metrics): RunAddress => ({
  ...place,
  sort,
  order: sort === place.sort ? turned[place.order] : firstOrder(sort, metrics),
})

/** The range that a filter leaves of a score; null where it has no end. */
export function rangeOf(
  { filters }: RunAddress,
  score: string,
): readonly [low: number, high: number] | undefined {
  const [name, ends = ''] = filters.between?.split(':') ?? []
  if (name !== score) return undefined
  const [low = '', high = ''] = ends.split(',')
  const range = [
    low === '' ? Number.NEGATIVE_INFINITY : Number(low),
    high === '' ? Number.POSITIVE_INFINITY : Number(high),
  ] as const
  // The service refuses what is no number; here it is no range.
  return range.some(Number.isNaN) ? undefined : range
}

/**
 * Changes the address; Back undoes it, as it undoes a step to another screen. The change starts from the address as it is now: the
 * screen shows a choice a moment later, and a second choice must not forget it.
 */
export function goFromHere(change: (place: RunAddress) => RunAddress): void {
  location.hash = writeRunAddress(change(readRunAddress(location.hash)))
}

import { boundaryMetrics } from './boundary/catalogue.ts'
import type { Metric } from './metric.ts'
import { overlapMetrics } from './overlap/catalogue.ts'

/** The metrics of rows of labels once more, of rows of groups: those of `from` as those of `to`. */
const ofGroups = (all: readonly Metric[], from: string, to: string): Metric[] =>
  all
    .filter(({ pointer }) => pointer.startsWith(from))
    .map((metric) => ({
      ...metric,
      name: `group_${metric.name}`,
      pointer: to + metric.pointer.slice(from.length),
      definition: `Of the labels of a group, taken together. ${metric.definition}`,
    }))

/** What `groups` adds to overlap and boundary. */
export const groupMetrics: readonly Metric[] = [
  ...ofGroups(overlapMetrics, '/overlap/per_class/', '/overlap/per_group/'),
  ...ofGroups(boundaryMetrics, '/boundary/per_label/', '/boundary/per_group/'),
]

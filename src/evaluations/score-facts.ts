import { catalogue } from '../metrics/catalogue.ts'
import type { Metric } from '../metrics/metric.ts'

const positionOf = new Map(catalogue.map(({ name }, position) => [name, position]))
const metricOf = new Map(catalogue.map((metric) => [metric.name, metric]))

/** What the catalogue of metrics says of a score of a row; undefined for a name that is not there. */
export function scoreFacts(name: string): Metric | undefined {
  return metricOf.get(name) ?? metricOf.get(withoutPlace(name))
}

/** A score at a tolerance is named with it, `nsd_at_2`, and one of a group or label with that, `lesion_f1_of_ET`. */
const withoutPlace = (name: string): string => name.replace(/_(at|of)_.*$/, '')

/** 1 where larger is better, −1 where smaller is, 0 for a score that is neither better nor worse. */
export function directionOf(name: string): 1 | -1 | 0 {
  const better = scoreFacts(name)?.higher_is_better ?? null
  return better === null ? 0 : better ? 1 : -1
}

/** Scores in the order of the catalogue, then by name: the order of rows must not show. */
export function inCatalogueOrder(names: Iterable<string>): string[] {
  const position = (name: string) => positionOf.get(withoutPlace(name)) ?? catalogue.length
  return [...names].sort((a, b) => position(a) - position(b) || (a < b ? -1 : a > b ? 1 : 0))
}

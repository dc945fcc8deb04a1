import type { RunResource } from '../../src/evaluations/ports/ports.ts'
import type { SeenRun } from './run-of.ts'

/** The resource as a caller may see it: who sees no items is told no names of items either. */
export function shownResource(resource: RunResource, { items }: Pick<SeenRun, 'items'>): RunResource {
  const { summary, ...rest } = resource
  if (items || !summary) return resource
  const warnings = summary.warnings.map((warning) => ({ ...warning, first: [] }))
  return { ...rest, summary: { ...summary, worst: [], failures: [], warnings, matching: {} } }
}

import type { RunResource } from '../../src/evaluations/ports/ports.ts'
import type { SeenRun } from './run-of.ts'

/** A check of one item, by its pointer into the summary. */
const ofItem = /^\s*\/(worst|failures)\//

/**
 * The resource as a caller may see it: who sees no items is told no names of items either, nor scores of single ones. Why a run
 * failed names files of its owner, who alone can mend them.
 */
export function shownResource(
  resource: RunResource,
  { items, isOwn }: Pick<SeenRun, 'items' | 'isOwn'>,
): RunResource {
  if (items) return resource
  const { summary, problem, ...rest } = resource
  const hidden = {
    detail: 'The reason names files, which the owner of the evaluation alone sees.',
    errors: [],
  }
  return {
    ...rest,
    ...(problem && { problem: isOwn ? problem : { ...problem, ...hidden } }),
    ...(summary && {
      summary: {
        ...summary,
        worst: [],
        failures: [],
        warnings: summary.warnings.map((warning) => ({ ...warning, first: [] })),
        matching: {},
        checks: summary.checks.filter(({ check }) => !ofItem.test(check)),
      },
    }),
  }
}

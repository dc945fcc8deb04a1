import type { RunResource } from '../../src/evaluations/ports/ports.ts'
import type { Summary } from '../../src/evaluations/summary/summary.ts'
import type { SeenRun } from './run-of.ts'

/** What a summary leaves out for a caller. */
interface Withheld {
  readonly reason: string
  /** Parts of the summary that are empty for that reason. */
  readonly parts: readonly string[]
  /** The checks that are missing, as they were asked for. */
  readonly checks: readonly string[]
}

export interface ShownResource extends Omit<RunResource, 'summary'> {
  readonly summary?: Summary & { readonly withheld?: Withheld }
}

/** A check of one item, by its pointer into the summary. */
const ofItem = /^\s*\/(worst|failures)\//

/**
 * The resource as a caller may see it: who sees no items is told no names of items either, nor scores of single ones, and that it is
 * so. Why a run failed names files of its owner, who alone can mend them.
 */
export function shownResource(
  resource: RunResource,
  { items, isOwn }: Pick<SeenRun, 'items' | 'isOwn'>,
): ShownResource {
  if (items) return resource
  const { summary, problem, ...rest } = resource
  const hidden = {
    detail: 'The reason names files, which the owner of the evaluation alone sees.',
    errors: [],
  }
  return {
    ...rest,
    ...(problem && { problem: isOwn ? problem : { ...problem, ...hidden } }),
    ...(summary && { summary: withoutItems(summary) }),
  }
}

function withoutItems(summary: Summary): NonNullable<ShownResource['summary']> {
  const { warnings, checks } = summary
  const isHidden = ({ check }: Summary['checks'][number]) => ofItem.test(check)
  return {
    ...summary,
    worst: [],
    failures: [],
    warnings: warnings.map((warning) => ({ ...warning, first: [] })),
    matching: {},
    checks: checks.filter((result) => !isHidden(result)),
    withheld: {
      reason:
        'The owner of the dataset does not show items of evaluations: their names and scores are left out.',
      parts: ['/worst', '/failures', '/matching', ...warnings.map((_, place) => `/warnings/${place}/first`)],
      checks: checks.filter(isHidden).map(({ check }) => check),
    },
  }
}

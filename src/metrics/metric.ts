import type { ScoreFamily } from './families.ts'

/** Everything there is to know about one number of the report. */
export interface Metric {
  /** Unique; the anchor of its place in docs/metrics.md. */
  readonly name: string
  /** JSON pointer into the report; `*` stands for any index of a list. */
  readonly pointer: string
  readonly family: Family
  /** Smallest and largest value; null where there is no bound. */
  readonly range: readonly [number | null, number | null]
  readonly unit: string | null
  /** Null for a number that is not better or worse, such as a count. */
  readonly higher_is_better: boolean | null
  readonly definition: string
  readonly corner_cases: string
  readonly reference: string
}

/** Sections of the catalogue: the families, and what every report holds or `include` adds. */
export type Family = 'input' | 'loss' | ScoreFamily | 'segments'

type RequiredField = 'name' | 'pointer' | 'definition'

/** Metrics that share what `common` says, unless one says otherwise. */
export function metrics(
  common: Omit<Metric, RequiredField>,
  entries: readonly (Pick<Metric, RequiredField> & Partial<Metric>)[],
): readonly Metric[] {
  return entries.map(({ name, pointer, ...rest }) => ({ name, pointer, ...common, ...rest }))
}

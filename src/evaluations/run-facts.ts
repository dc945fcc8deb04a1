import type { ClassNames } from '../scoring/request/class-list.ts'
import type { ScoreOptions } from '../scoring/request/options.ts'
import type { LabelMeaning } from './label-meaning.ts'
import type { EvaluationOptions } from './options.ts'

/** What is known of a run beside its rows. */
export interface RunFacts {
  /** Items in the manifest. */
  readonly items: number
  readonly labels: LabelMeaning
  readonly names: ClassNames
  /** How each pair was scored. */
  readonly scoring: ScoreOptions
  readonly evaluation: EvaluationOptions
  /** `matching.json`, as far as the summary repeats it. */
  readonly matching: Readonly<Record<string, unknown>>
}

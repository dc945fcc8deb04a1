import { refuseField } from '../problems/refusal.ts'
import type { ScoreOptions } from '../scoring/request/options.ts'
import { parseOptions, parseScoreOptions } from '../scoring/request/parse-options.ts'
import { type LabelMeaning, labelMeaning } from './label-meaning.ts'
import { type EvaluationOptions, evaluationOptionsSchema } from './options.ts'

export interface DatasetOptions {
  readonly scoring: ScoreOptions
  readonly evaluation: EvaluationOptions
  readonly labels: LabelMeaning
}

/**
 * The options of a pair and of a dataset, which one JSON object holds together.
 * @throws Refusal INVALID_OPTIONS
 */
export function datasetOptions(given: Readonly<Record<string, unknown>>): DatasetOptions {
  const isOfDataset = ([name]: [string, unknown]) => Object.hasOwn(evaluationOptionsSchema.shape, name)
  const entries = Object.entries(given)
  const scoring = parseScoreOptions(Object.fromEntries(entries.filter((entry) => !isOfDataset(entry))))
  if (scoring.checks.length > 0)
    throw refuseField('INVALID_OPTIONS', '/options/checks', 'Checks of a pair are no checks of a dataset.')
  const evaluation = parseOptions(evaluationOptionsSchema, Object.fromEntries(entries.filter(isOfDataset)))
  const namedByOptions = scoring.classes !== undefined || scoring.binary !== false
  const labels = labelMeaning({ labels: evaluation.labels, namedByOptions, namedByAnnotations: false })
  return { scoring, evaluation, labels }
}

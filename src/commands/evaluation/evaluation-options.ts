import { type LabelMeaning, labelMeaning } from '../../evaluations/label-meaning.ts'
import { type EvaluationOptions, evaluationOptionsSchema } from '../../evaluations/options.ts'
import { parseJson } from '../../json/parse-json.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { ScoreOptions } from '../../scoring/request/options.ts'
import { parseOptions, parseScoreOptions } from '../../scoring/request/parse-options.ts'
import { optionsText } from '../options-text.ts'

export interface DatasetOptions {
  readonly scoring: ScoreOptions
  readonly evaluation: EvaluationOptions
  readonly labels: LabelMeaning
}

const maxDepth = 64

/**
 * The options of a pair and of a dataset, which one JSON object holds together.
 * @param source JSON text, or the path of a file
 * @param flags options of a dataset from the command line, which win
 * @throws Refusal INVALID_OPTIONS
 */
export function datasetOptions(
  source: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): DatasetOptions {
  const given = source === undefined ? {} : objectOf(source)
  const isOfDataset = ([name]: [string, unknown]) => Object.hasOwn(evaluationOptionsSchema.shape, name)
  const entries = Object.entries(given)
  const scoring = parseScoreOptions(Object.fromEntries(entries.filter((entry) => !isOfDataset(entry))))
  if (scoring.checks.length > 0)
    throw refuseField('INVALID_OPTIONS', '/options/checks', 'Checks of a dataset are given with --check.')
  const evaluation = parseOptions(evaluationOptionsSchema, {
    ...Object.fromEntries(entries.filter(isOfDataset)),
    ...flags,
  })
  const namedByOptions = scoring.classes !== undefined || scoring.binary !== false
  const labels = labelMeaning({ labels: evaluation.labels, namedByOptions, namedByAnnotations: false })
  return { scoring, evaluation, labels }
}

function objectOf(source: string): object {
  const value = parseJson(optionsText(source), maxDepth, '/options')
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuseField('INVALID_OPTIONS', '/options', 'Options are one JSON object.')
  return value
}

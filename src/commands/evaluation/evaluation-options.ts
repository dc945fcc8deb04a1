import { type DatasetOptions, datasetOptions } from '../../evaluations/dataset-options.ts'
import { parseJson } from '../../json/parse-json.ts'
import { refuseField } from '../../problems/refusal.ts'
import { optionsText } from '../options-text.ts'

const maxDepth = 64

/**
 * The options of a pair and of a dataset, which one JSON object holds together.
 * @param source JSON text, or the path of a file
 * @param flags options of a dataset from the command line, which win
 * @throws Refusal INVALID_OPTIONS
 */
export function evaluationOptions(
  source: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): DatasetOptions {
  const given = source === undefined ? {} : objectOf(source)
  if (Object.hasOwn(given, 'checks'))
    throw refuseField('INVALID_OPTIONS', '/options/checks', 'Checks of a dataset are given with --check.')
  return datasetOptions({ ...given, ...flags })
}

function objectOf(source: string): object {
  const value = parseJson(optionsText(source), maxDepth, '/options')
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuseField('INVALID_OPTIONS', '/options', 'Options are one JSON object.')
  return value
}

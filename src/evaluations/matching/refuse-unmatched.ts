import { Refusal } from '../../problems/refusal.ts'
import type { EvaluationOptions } from '../options.ts'
import type { Matching } from './matching.ts'

/** Most hints of the matching that a refusal repeats; `match` tells all. */
const maxHints = 3
const maxNamed = 20

/** @throws Refusal PREDICTION_MISSING, PREDICTION_UNMATCHED where the options say that nothing is to be scored then */
export function refuseUnmatched(
  { missing, extra, hints }: Matching,
  { on_missing, on_extra }: EvaluationOptions,
): void {
  const list = (names: readonly string[]) =>
    `${names.length}: ${names.slice(0, maxNamed).join(', ')}${names.length > maxNamed ? ', …' : ''}`
  if (missing.length > 0 && on_missing === 'fail')
    throw new Refusal(
      'PREDICTION_MISSING',
      [
        `Ground truths without a prediction, ${list(missing)}.`,
        ...(extra.length > 0
          ? [`Predictions without a ground truth, ${list(extra)}.`, ...hints.slice(0, maxHints)]
          : []),
      ].join(' '),
    )
  if (extra.length > 0 && on_extra === 'fail')
    throw new Refusal('PREDICTION_UNMATCHED', `Predictions without a ground truth, ${list(extra)}.`)
}

import type { RunSettings } from '../../evaluations/running/run-record.ts'
import { type Settings, scoringContext } from '../../settings/settings.ts'
import type { EvaluateArguments } from './arguments.ts'

/** Everything that changes a row or a result of a run, by the name that a user knows it by. */
export function runSettings(asked: EvaluateArguments, settings: Settings): RunSettings {
  const { scoring, evaluation, checks, drops, baseline, significant, compare, formats, images } = asked
  const { limits, pngDecoder } = scoringContext(settings)
  const list = (written: readonly { readonly check: string }[]) => written.map(({ check }) => check)
  return {
    ...scoring,
    ...evaluation,
    check: list(checks),
    max_drop: list(drops),
    baseline,
    significant,
    compare,
    format: formats,
    images,
    ...limits,
    pngDecoder,
  }
}

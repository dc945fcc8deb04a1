import { hash } from 'node:crypto'
import type { Matching } from '../../evaluations/matching/matching.ts'
import type { RunSettings } from '../../evaluations/running/run-record.ts'
import { type Settings, scoringContext } from '../../settings/settings.ts'
import type { EvaluateArguments } from './arguments.ts'
import type { EarlierRuns } from './earlier-runs.ts'

/** Everything that changes a row or the answer of a run, by the name that a user knows it by. */
export function runSettings(
  asked: EvaluateArguments,
  matching: Matching,
  { baseline, compared }: EarlierRuns,
  settings: Settings,
): RunSettings {
  const { scoring, evaluation, checks, drops, significant, formats, images } = asked
  const { labels, on_missing, on_broken, ...answer } = evaluation
  const { limits, pngDecoder } = scoringContext(settings)
  const list = (written: readonly { readonly check: string }[]) => written.map(({ check }) => check)
  return {
    settings: { ...scoring, labels, on_missing, on_broken, ...limits, pngDecoder },
    answer: {
      ...answer,
      check: list(checks),
      max_drop: list(drops),
      baseline: asked.baseline && [asked.baseline, contentOf(baseline?.summary)],
      significant,
      compare: asked.compare && [asked.compare, contentOf(compared?.summary)],
      format: formats,
      images,
      matching: contentOf(matching),
    },
  }
}

/** A path may hold other results by now. */
const contentOf = (value: unknown): string | undefined =>
  value === undefined ? undefined : hash('sha256', JSON.stringify(value))

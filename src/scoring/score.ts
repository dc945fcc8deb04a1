import type { ScoringContext } from './context.ts'
import { type Counted, countPair } from './pair/count-pair.ts'
import { openPair } from './pair/open-pair.ts'
import type { PairInput } from './pair/pair.ts'
import { pairReport } from './report/pair-report.ts'
import type { Report } from './report/report.ts'
import type { ScoreOptions } from './request/options.ts'
import { parseScoreOptions } from './request/parse-options.ts'
import type { ScoringRequest } from './request/request.ts'
import { StageClock } from './stage-clock.ts'

/** The report of a pair of masks, and the counts behind it for callers who add up pairs. */
export interface Scored {
  readonly report: Report
  readonly counted: Counted
  readonly clock: StageClock
}

/** Opens a request of POST /v1/score and scores its masks. */
export async function score(request: ScoringRequest, context: ScoringContext): Promise<Scored> {
  const masks = { groundTruth: request.mask('ground_truth'), prediction: request.mask('prediction') }
  return scorePair(masks, parseScoreOptions(request.options), context)
}

/**
 * Scores a pair of masks: bytes → label maps → contingency table → scores → report. The masks may come from anywhere:
 * `{ kind: 'file', bytes }` is a file that the caller has read.
 * @param options what `parseScoreOptions` read; one reading serves many pairs
 * @throws Refusal for masks that cannot be read or do not fit each other
 */
export async function scorePair(
  masks: PairInput,
  options: ScoreOptions,
  context: ScoringContext,
): Promise<Scored> {
  const clock = new StageClock()
  const pair = await clock.run('decode', () => openPair(masks, options, context))
  const counted = clock.run('count', () => countPair(pair, options, context.limits))
  const report = clock.run('metrics', () => pairReport(pair, counted, options))
  return { report, counted, clock }
}

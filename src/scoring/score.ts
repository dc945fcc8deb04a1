import type { ScoringContext } from './context.ts'
import { type Counted, countPair } from './pair/count-pair.ts'
import { openPair } from './pair/open-pair.ts'
import type { PairInput } from './pair/pair.ts'
import { withSpacingOfFile } from './pair/spacing-of-file.ts'
import { pairReport } from './report/pair-report.ts'
import type { Report } from './report/report.ts'
import type { ScoreOptions } from './request/options.ts'
import { parseScoreOptions } from './request/parse-options.ts'
import type { ScoringRequest } from './request/request.ts'
import { type MapSums, mapSums } from './soft/map-sums.ts'
import { StageClock } from './stage-clock.ts'

/** The report of a pair of masks, and the counts behind it for callers who add up pairs. */
export interface Scored {
  readonly report: Report
  readonly counted: Counted
  /** What the scores of probability maps are computed from. */
  readonly maps?: MapSums
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
 * @param asked what `parseScoreOptions` read; one reading serves many pairs
 * @throws Refusal for masks that cannot be read or do not fit each other
 * @example
 * import { readFile } from 'node:fs/promises'
 * import { defaultLimits } from './src/limits.ts'
 * import { parseScoreOptions } from './src/scoring/request/parse-options.ts'
 * import { scorePair } from './src/scoring/score.ts'
 *
 * const file = async (path: string) => ({ kind: 'file', bytes: await readFile(path) }) as const
 * const masks = {
 *   groundTruth: await file('examples/pair/ground-truth.png'),
 *   prediction: await file('examples/pair/prediction.png'),
 * }
 * const options = parseScoreOptions({ families: ['overlap'] })
 * const { report } = await scorePair(masks, options, { limits: defaultLimits, pngDecoder: 'auto' })
 * report.mi_loss?.toFixed(4) // → '0.1723'
 * report.overlap?.mean_iou?.toFixed(4) // → '0.7800'
 */
export async function scorePair(
  masks: PairInput,
  asked: ScoreOptions,
  context: ScoringContext,
): Promise<Scored> {
  const clock = new StageClock()
  const pair = await clock.run('decode', () => openPair(masks, asked, context))
  context.giveWay?.()
  const options = withSpacingOfFile(asked, pair)
  const counted = clock.run('count', () => countPair(pair, options, context.limits))
  const maps = clock.run('count', () => mapSums(pair, counted, options))
  context.giveWay?.()
  const report = clock.run('metrics', () => pairReport(pair, counted, maps, options))
  return { report, counted, ...(maps && { maps }), clock }
}

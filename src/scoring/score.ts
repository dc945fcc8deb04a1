import type { ScoringContext } from './context.ts'
import { type Counted, countPair } from './pair/count-pair.ts'
import type { Pair, PairInput, SideFacts } from './pair/pair.ts'
import { readPair } from './pair/read-pair.ts'
import { runChecks } from './report/checks.ts'
import type { Report } from './report/report.ts'
import { settle } from './report/settle.ts'
import { classNames } from './request/class-list.ts'
import type { ScoreOptions } from './request/options.ts'
import { parseScoreOptions } from './request/parse-options.ts'
import type { ScoringRequest } from './request/request.ts'
import { boundaryScores, segmentScores } from './scores/place-scores.ts'
import { tableScores, triples } from './scores/table-scores.ts'
import { tableWarnings } from './scores/warnings.ts'
import { StageClock } from './stage-clock.ts'

/** A pair of masks scored: the report, and the counts behind it for callers who add up pairs. */
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
 * The way of a pair: bytes → label maps → contingency table → scores → report. The masks may come from anywhere:
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
  const pair = await clock.run('decode', () => readPair(masks, options, context))
  const counted = clock.run('count', () => countPair(pair, options, context.limits))
  const report = clock.run('metrics', () => reportOf(pair, counted, options))
  return { report, counted, clock }
}

function reportOf(pair: Pair, counted: Counted, options: ScoreOptions): Report {
  const { width, height, depth } = pair.size
  const { partition, classes, all, places, objects } = counted
  const names = classNames(options.classes, pair.names, pair.classZero)
  const split = options.components !== 'none' && places
  const labelOf = split && {
    groundTruth: split.segments.groundTruth.labelOf,
    prediction: split.segments.prediction.labelOf,
  }
  const { mi_loss, mi_loss_split, mi_loss_merge, ...families } = tableScores(
    { classes, partition, ...(labelOf && { labelOf }), ...(objects && { objects }) },
    options,
    names,
  )
  const { value, reasons } = settle({
    mi_loss,
    mi_loss_split,
    mi_loss_merge,
    width,
    height,
    ...(depth > 1 && { depth }),
    pixels: { total: all.total, counted: classes.total, ignored: all.total - classes.total },
    ground_truth: sideOf(pair.groundTruth, all.rowLabels.length),
    prediction: sideOf(pair.prediction, all.columnLabels.length),
    ...families,
    ...(places &&
      options.families.includes('boundary') && { boundary: boundaryScores(places, classes, options, names) }),
    ...(places &&
      options.include.includes('segments') && { segments: segmentScores(places, partition, options, names) }),
    ...(options.include.includes('contingency') && { contingency: triples(classes) }),
  })
  return {
    ...value,
    ...(options.checks.length > 0 && { checks: runChecks(options.checks, value) }),
    reasons,
    warnings: [...pair.warnings, ...tableWarnings(classes, options.background)],
    options: pair.names.size > 0 ? { ...options, classes: Object.fromEntries(names.nameOf) } : options,
  }
}

const sideOf = ({ format, encoding, sha256, polygonFill }: SideFacts, labels: number) => ({
  format,
  encoding,
  labels,
  sha256,
  ...(polygonFill && { polygon_fill: polygonFill }),
})

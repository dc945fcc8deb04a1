import type { Warning } from '../labels/decoded-mask.ts'
import { runChecks } from './checks.ts'
import { classNames } from './class-list.ts'
import type { ScoringContext } from './context.ts'
import { type Counted, countPair } from './count-pair.ts'
import { type ScoreOptions, scoreOptionsSchema, scoringOptions } from './options.ts'
import { boundaryScores, segmentScores } from './place-scores.ts'
import type { ReadMask } from './read-masks.ts'
import { type Pair, readPair } from './read-pair.ts'
import type { Report } from './report.ts'
import type { ScoringRequest } from './request.ts'
import { settle } from './settle.ts'
import { StageClock } from './stage-clock.ts'
import { tableScores, triples } from './table-scores.ts'
import { tableWarnings } from './warnings.ts'

export interface Scored {
  readonly report: Report
  readonly clock: StageClock
}

/** The way of a pair: bytes → label maps → contingency table → scores → report. */
export async function score(request: ScoringRequest, context: ScoringContext): Promise<Scored> {
  const clock = new StageClock()
  const masks = { groundTruth: request.mask('ground_truth'), prediction: request.mask('prediction') }
  const options = scoringOptions(scoreOptionsSchema, request.options)
  const pair = await clock.run('decode', () => readPair(masks, options, context))
  const counted = clock.run('count', () => countPair(pair, options, context.limits))
  const report = clock.run('metrics', () => reportOf(pair, counted, options))
  return { report, clock }
}

function reportOf(pair: Pair, counted: Counted, options: ScoreOptions): Report {
  const { groundTruth, prediction } = pair
  const { width, height, depth } = groundTruth.map
  const names = classNames(options.classes, pair.names)
  const asked = {
    boundary: options.families.includes('boundary'),
    segments: options.include.includes('segments'),
  }
  const { partition, classes, all } = counted
  const labelOf = { groundTruth: partition.groundTruth.labelOf, prediction: partition.prediction.labelOf }
  const { mi_loss, mi_loss_split, mi_loss_merge, ...families } = tableScores(
    {
      classes,
      partition: partition.table,
      ...(options.components !== 'none' && { labelOf }),
      ...(counted.objects && { objects: counted.objects }),
    },
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
    ground_truth: sideOf(groundTruth, all.rowLabels.length),
    prediction: sideOf(prediction, all.columnLabels.length),
    ...families,
    ...(asked.boundary && { boundary: boundaryScores(counted, options, names) }),
    ...(asked.segments && { segments: segmentScores(counted, options, names) }),
    ...(options.include.includes('contingency') && { contingency: triples(classes) }),
  })
  const warnings: Warning[] = [...pair.warnings, ...tableWarnings(classes, options.background)]
  return {
    ...value,
    ...(options.checks.length > 0 && { checks: runChecks(options.checks, value) }),
    reasons,
    warnings,
    options,
  } as Report
}

const sideOf = ({ format, encoding, sha256 }: ReadMask, labels: number) => ({
  format,
  encoding,
  labels,
  sha256,
})

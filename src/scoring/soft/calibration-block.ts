import { type Calibration, calibration } from '../../metrics/calibration/calibration.ts'
import { type CalibrationBins, GrowingBins } from '../../metrics/calibration/calibration-bins.ts'
import { UndefinedScore, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import { forEachBlock } from '../../metrics/soft/pixel-blocks.ts'
import type { ScoreOptions } from '../request/options.ts'
import type { MapPair } from './soft-pair.ts'

/** Confidences of a pair in bins; undefined where the ground truth is soft, or the prediction has no probabilities. */
export function calibrationBins(
  { pair, isTruthSoft }: MapPair,
  { soft }: ScoreOptions,
): CalibrationBins | UndefinedScore {
  if (isTruthSoft) return undefinedBecause('soft_ground_truth')
  if (pair.prediction.kind === 'labels') return undefinedBecause('no_probabilities')
  const bins = new GrowingBins(pair.classes.length, soft.bins)
  forEachBlock(pair, (block) => {
    const { truth } = block
    if (truth) bins.add({ ...block, truth })
  })
  return bins.finish()
}

/** The block `calibration` of a report. */
export function calibrationBlock(
  { independent }: MapPair,
  bins: CalibrationBins | UndefinedScore,
): Calibration | UndefinedScore {
  return bins instanceof UndefinedScore ? bins : calibration(bins, !independent)
}

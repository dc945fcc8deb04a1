import { type UndefinedScore, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import { classValues } from '../../metrics/soft/class-values.ts'
import {
  type ThresholdPoint,
  type ThresholdScores,
  thresholdCurve,
  thresholdSweep,
} from '../../metrics/thresholds/threshold-sweep.ts'
import { maxClassRows } from './max-class-rows.ts'
import type { MapPair } from './soft-pair.ts'

/** One class at every threshold. */
export interface ClassSweep {
  readonly label: number
  readonly scores: ThresholdScores
  readonly curve: readonly ThresholdPoint[]
}

export interface ClassSweeps {
  /** Of the first `maxClassRows` classes; of one channel, of the foreground alone. */
  readonly classes: readonly ClassSweep[]
  /** Classes beyond. */
  readonly truncated: number
}

/** Sweeps the classes of a pair; undefined where the ground truth is soft, or the prediction has no probabilities. */
export function classSweeps({ pair, isTruthSoft, hasOneChannel }: MapPair): ClassSweeps | UndefinedScore {
  if (isTruthSoft) return undefinedBecause('soft_ground_truth')
  if (pair.prediction.kind === 'labels') return undefinedBecause('no_probabilities')
  const first = hasOneChannel ? 1 : 0
  const shown = pair.classes.slice(first, first + maxClassRows)
  return {
    classes: shown.map((label, k) => {
      const { positives, negatives } = classValues(pair, first + k)
      const curve = thresholdCurve(positives, negatives)
      return { label, scores: thresholdSweep(positives, negatives, curve), curve }
    }),
    truncated: pair.classes.length - first - shown.length,
  }
}

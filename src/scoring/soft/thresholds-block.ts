import { type UndefinedScore, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import { classValues } from '../../metrics/soft/class-values.ts'
import {
  type ThresholdScores,
  thresholdCurve,
  thresholdSweep,
} from '../../metrics/thresholds/threshold-sweep.ts'
import { type ClassNames, named } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'
import { maxClassRows } from './max-class-rows.ts'
import type { MapPair } from './soft-pair.ts'

interface ThresholdRow extends ThresholdScores {
  readonly label: number
  readonly name?: string
  /** [threshold, tp, fp, fn] for k/255. */
  readonly curve?: readonly (readonly number[])[]
}

export interface Thresholds {
  readonly per_class: readonly ThresholdRow[]
  readonly truncated?: number
}

/** The block `thresholds` of a report: a row for each class; of one channel, for the foreground. */
export function thresholdsBlock(
  { pair, isTruthSoft, hasOneChannel }: MapPair,
  { include }: ScoreOptions,
  names: ClassNames,
): Thresholds | UndefinedScore {
  if (isTruthSoft) return undefinedBecause('soft_ground_truth')
  if (pair.prediction.kind === 'labels') return undefinedBecause('no_probabilities')
  const first = hasOneChannel ? 1 : 0
  const shown = pair.classes.slice(first, first + maxClassRows)
  const left = pair.classes.length - first - shown.length
  return {
    per_class: shown.map((label, k) => {
      const { positives, negatives } = classValues(pair, first + k)
      const curve = include.includes('curves') && {
        curve: thresholdCurve(positives, negatives).map(({ threshold, tp, fp, fn }) => [
          threshold,
          tp,
          fp,
          fn,
        ]),
      }
      return named({ label, ...thresholdSweep(positives, negatives), ...curve }, names)
    }),
    ...(left > 0 && { truncated: left }),
  }
}

import { UndefinedScore } from '../../metrics/numbers/undefined-score.ts'
import type { ThresholdScores } from '../../metrics/thresholds/threshold-sweep.ts'
import { type ClassNames, named } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'
import type { ClassSweeps } from './class-sweeps.ts'

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
  sweeps: ClassSweeps | UndefinedScore,
  { include }: ScoreOptions,
  names: ClassNames,
): Thresholds | UndefinedScore {
  if (sweeps instanceof UndefinedScore) return sweeps
  const { classes, truncated } = sweeps
  const withCurve = include.includes('curves')
  return {
    per_class: classes.map(({ label, scores, curve }) => {
      const points = curve.map(({ threshold, tp, fp, fn }) => [threshold, tp, fp, fn])
      return named({ label, ...scores, ...(withCurve && { curve: points }) }, names)
    }),
    ...(truncated > 0 && { truncated }),
  }
}

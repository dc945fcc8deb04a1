import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import type { Bin, CalibrationBins } from './calibration-bins.ts'

/** One row of a reliability plot. */
export interface ReliabilityRow {
  readonly from: number
  readonly to: number
  readonly pixels: number
  readonly confidence: Score
  readonly accuracy: Score
}

export interface Calibration {
  readonly bins: number
  readonly ece: Score
  readonly ace: Score
  readonly mce: Score
  readonly classwise_ece: Score
  readonly classwise_ace: Score
  readonly reliability: readonly ReliabilityRow[]
}

/**
 * Whether confidences are as high as they are right. With M equal bins, and in each the gap |accuracy − mean confidence|:
 *
 *     ece = Σ (pixels of the bin / N) gap     ace = mean gap of the bins with pixels     mce = largest gap
 *
 * of the top label; `classwise_*` are the means over all classes of the same with each class's own probability, hit where
 * the class is true. `ace` is the *average* calibration error, not the adaptive one with bins of equal mass.
 * Range [0, 1], lower is better.
 * Corner cases: no pixels: undefined; a bin without pixels has no confidence and no accuracy. Independent channels have
 * no top label.
 * Source: Guo et al. 2017 (ECE, MCE); Kull et al. 2019 (class-wise); Neumann et al. 2018 (average calibration error).
 * @param hasTop whether the probabilities of a pixel belong together
 * @param unpredicted pixels without a prediction: one more bin, of whatever class, whose gap is 1
 */
export function calibration(
  { top, perClass }: CalibrationBins,
  hasTop: boolean,
  unpredicted = 0,
): Calibration {
  const none = undefinedBecause(hasTop ? 'no_pixels' : 'independent')
  const missed = { pixels: unpredicted, confidence: unpredicted, hits: 0 }
  const ofTop = hasTop ? binErrors([...top, missed]) : undefined
  const ofClasses = perClass.flatMap((bins) => binErrors([...bins, missed]) ?? [])
  const meanOf = (key: 'ece' | 'ace'): Score =>
    ofClasses.length === 0
      ? undefinedBecause('no_pixels')
      : ofClasses.reduce((sum, row) => sum + row[key], 0) / ofClasses.length
  return {
    bins: top.length,
    ece: ofTop?.ece ?? none,
    ace: ofTop?.ace ?? none,
    mce: ofTop?.mce ?? none,
    classwise_ece: meanOf('ece'),
    classwise_ace: meanOf('ace'),
    reliability: hasTop ? top.map((bin, k) => reliabilityRow(bin, k, top.length)) : [],
  }
}

/** The calibration errors of one set of bins; undefined without pixels. */
export function binErrors(bins: readonly Bin[]): { ece: number; ace: number; mce: number } | undefined {
  const filled = bins.filter(({ pixels }) => pixels > 0)
  if (filled.length === 0) return undefined
  let total = 0
  let weighted = 0
  let plain = 0
  let largest = 0
  for (const { pixels, confidence, hits } of filled) {
    const gap = Math.abs(hits - confidence) / pixels
    total += pixels
    weighted += gap * pixels
    plain += gap
    largest = Math.max(largest, gap)
  }
  return { ece: weighted / total, ace: plain / filled.length, mce: largest }
}

const reliabilityRow = ({ pixels, confidence, hits }: Bin, k: number, bins: number): ReliabilityRow => ({
  from: k / bins,
  to: (k + 1) / bins,
  pixels,
  confidence: pixels === 0 ? undefinedBecause('no_pixels') : confidence / pixels,
  accuracy: pixels === 0 ? undefinedBecause('no_pixels') : hits / pixels,
})

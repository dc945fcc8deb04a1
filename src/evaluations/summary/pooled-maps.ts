import { type Calibration, calibration } from '../../metrics/calibration/calibration.ts'
import { lossOf } from '../../metrics/information/mi-loss.ts'
import {
  type Reason,
  type Score,
  type UndefinedScore,
  undefinedBecause,
} from '../../metrics/numbers/undefined-score.ts'
import { overlapOfSums } from '../../metrics/soft/soft-overlap.ts'
import { bestThresholds } from '../../metrics/thresholds/threshold-sweep.ts'
import { type ClassNames, named } from '../../scoring/request/class-list.ts'
import { maxClassRows } from '../../scoring/soft/max-class-rows.ts'
import type { MapTally } from '../tally/map-tally.ts'

/**
 * Scores of probability maps over all images: the loss is Σ N·VI / Σ N·H(X,Y) of their joint tables, as that of masks; log loss,
 * Brier and Jensen–Shannon are means over all pixels; Dice and IoU are of summed masses.
 * Range, corner cases and sources stand in `soft-scores.ts` and `soft-overlap.ts`. What one image cannot tell is undefined.
 */
export function pooledSoft(sums: MapTally, names: ClassNames) {
  const { pixels, without, entropies, means } = sums
  if (without.soft) return undefinedBecause(without.soft)
  const mean = (name: keyof MapTally['means']): Score =>
    missing(pixels, without[name]) ?? means[name].over(pixels)
  const noLoss = missing(pixels, without.loss)
  const classes = sums.ascending()
  const [split, merge, mutual] = (['split', 'merge', 'mutual'] as const).map((part) =>
    noLoss ? 0 : entropies[part].over(pixels),
  )
  return {
    classes: classes.length,
    coupling: sums.coupling,
    ...(noLoss
      ? { mi_loss: noLoss, mi_loss_split: noLoss, mi_loss_merge: noLoss }
      : lossOf({ split, merge, mutual })),
    log_loss: mean('log_loss'),
    zero_at_truth: sums.zeroAtTruth,
    brier: mean('brier'),
    js: mean('js'),
    per_class: classes
      .slice(0, maxClassRows)
      .map(([label, ofClass]) => named({ label, ...overlapOfSums(ofClass) }, names)),
    ...(classes.length > maxClassRows && { truncated: classes.length - maxClassRows }),
  }
}

/** Calibration over the pixels of all images. */
export function pooledCalibration(
  { pixels, bins, without }: MapTally,
  size: number,
): Calibration | UndefinedScore {
  const none = missing(pixels, without.calibration)
  if (none) return none
  const { labels, hasTop, unpredicted } = bins
  const perClass = labels.map((label) => bins.of(label, size))
  return calibration({ top: bins.of(null, size), perClass }, hasTop || labels.length === 0, unpredicted)
}

/** The one threshold for all images that is best for a class. Average precision and AUROC need every value: they are means over images. */
export function pooledThresholds({ pixels, steps, without }: MapTally, names: ClassNames) {
  const none = missing(pixels, without.thresholds)
  if (none) return none
  const { labels } = steps
  return {
    per_class: labels
      .slice(0, maxClassRows)
      .map((label) => named({ label, ...bestThresholds(steps.curveOf(label)) }, names)),
    ...(labels.length > maxClassRows && { truncated: labels.length - maxClassRows }),
  }
}

function missing(pixels: number, reason: Reason | undefined): UndefinedScore | undefined {
  if (reason) return undefinedBecause(reason)
  return pixels === 0 ? undefinedBecause('no_pixels') : undefined
}

import { largestFirst } from '../numbers/largest-first.ts'
import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import { type Score, type UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import { type ClassCounts, type ClassName, classCounts } from './class-counts.ts'
import { type ClassScores, classScores, dice, intersectionOverUnion } from './class-scores.ts'
import { generalisedDice } from './generalised-dice.ts'
import { type LabelAgreement, labelAgreement } from './label-agreement.ts'

export interface OverlapOptions {
  /** Names, and the list that rows and means follow; without it, all labels of either mask. */
  readonly classes?: readonly ClassName[]
}

export interface Overlap extends LabelAgreement {
  readonly mean_accuracy: Score
  readonly mean_iou: Score
  readonly mean_iou_ground_truth: Score
  readonly fw_iou: Score
  readonly mean_dice: Score
  readonly generalised_dice: Score
  /** Classes that `mean_iou` averages. */
  readonly classes_averaged: number
  /** Classes that each mean averages. */
  readonly n_averaged: {
    readonly mean_accuracy: number
    readonly mean_iou: number
    readonly mean_iou_ground_truth: number
    readonly mean_dice: number
  }
  /** The class of the lowest IoU; of equal ones that of the largest support, then the lowest label. */
  readonly worst: { readonly label: number; readonly name?: string; readonly iou: number } | UndefinedScore
  readonly per_class: readonly ClassScores[]
  /** Rows left out of `per_class`; only present when there are any. */
  readonly truncated?: number
}

const maxRows = 1000

/**
 * Overlap of equal labels: the label view, in which a renamed label is a wrong answer.
 *
 *     mean_accuracy = mean of n_ii / a_i over classes in the ground truth
 *     mean_iou, mean_dice over classes in either mask; mean_iou_ground_truth over classes in the ground truth
 *     fw_iou = Σ a_i iou_i / Σ a_i;  generalised_dice see there;  pixel_accuracy, kappa, mcc in `label-agreement.ts`
 *
 * Range [0, 1] but kappa and mcc [−1, 1]; no unit; higher is better.
 * A class in one mask only scores 0 and is averaged; a class in neither has no score and is not.
 * `pixel_accuracy`, `kappa` and `mcc` are of all labels, whatever `classes` lists.
 * Rows: in the order of `classes`, else largest support first, then by label; at most 1,000, those of the largest support,
 * while the means are over all.
 * Corner cases: a mean over no class is undefined: `absent_both`, or `empty_ground_truth` when only the ground truth
 * lacks the classes. No pixels: `no_pixels`.
 * Source: Everingham et al. 2010 (VOC), Long, Shelhamer, Darrell 2015 (the means).
 */
export function overlap(table: ContingencyTable, options: OverlapOptions = {}): Overlap {
  const counts = classCounts(table, options.classes)
  const { means, averaged, worst } = averages(counts, whyNoMean(table, counts), options.classes)
  return {
    ...labelAgreement(table),
    ...means,
    classes_averaged: averaged.mean_iou,
    n_averaged: averaged,
    worst,
    ...rowsOf(counts, table.total, options.classes),
  }
}

interface Averages {
  readonly means: Pick<
    Overlap,
    'mean_accuracy' | 'mean_iou' | 'mean_iou_ground_truth' | 'fw_iou' | 'mean_dice' | 'generalised_dice'
  >
  readonly averaged: Overlap['n_averaged']
  readonly worst: Overlap['worst']
}

interface Reasons {
  /** For what averages the classes of either mask. */
  readonly either: UndefinedScore
  /** For what averages the classes of the ground truth. */
  readonly groundTruth: UndefinedScore
}

function whyNoMean(table: ContingencyTable, counts: ClassCounts): Reasons {
  if (table.counts.length === 0)
    return { either: undefinedBecause('no_pixels'), groundTruth: undefinedBecause('no_pixels') }
  const either = undefinedBecause('absent_both')
  const predicted = counts.predicted.some((size) => size > 0)
  return { either, groundTruth: predicted ? undefinedBecause('empty_ground_truth') : either }
}

function averages(counts: ClassCounts, reasons: Reasons, classes?: readonly ClassName[]): Averages {
  const { labels, support, predicted, agreed } = counts
  const accuracy = new Mean(reasons.groundTruth)
  const iou = new Mean(reasons.either)
  const iouGroundTruth = new Mean(reasons.groundTruth)
  const dices = new Mean(reasons.either)
  const weighted = new NeumaierSum()
  const weights = new NeumaierSum()
  let worst = -1
  let worstIou = Number.POSITIVE_INFINITY
  for (let k = 0; k < labels.length; k++) {
    const [a, b, tp] = [support[k], predicted[k], agreed[k]]
    if (a === 0 && b === 0) continue
    const score = intersectionOverUnion(a, b, tp)
    iou.add(score)
    dices.add(dice(a, b, tp))
    if (score < worstIou || (score === worstIou && before(counts, k, worst))) {
      worst = k
      worstIou = score
    }
    if (a === 0) continue
    accuracy.add(tp / a)
    iouGroundTruth.add(score)
    weighted.add(a * score)
    weights.add(a)
  }
  return {
    means: {
      mean_accuracy: accuracy.score,
      mean_iou: iou.score,
      mean_iou_ground_truth: iouGroundTruth.score,
      fw_iou: weights.value > 0 ? weighted.value / weights.value : reasons.groundTruth,
      mean_dice: dices.score,
      generalised_dice: generalisedDice(counts) ?? reasons.groundTruth,
    },
    averaged: {
      mean_accuracy: accuracy.count,
      mean_iou: iou.count,
      mean_iou_ground_truth: iouGroundTruth.count,
      mean_dice: dices.count,
    },
    worst: worst < 0 ? reasons.either : { ...(classes?.[worst] ?? { label: labels[worst] }), iou: worstIou },
  }
}

/** Whether class k has the larger support, or the same and the lower label. */
function before({ support, labels }: ClassCounts, k: number, other: number): boolean {
  return support[k] > support[other] || (support[k] === support[other] && labels[k] < labels[other])
}

function rowsOf(
  counts: ClassCounts,
  total: number,
  classes?: readonly ClassName[],
): Pick<Overlap, 'per_class' | 'truncated'> {
  const all = counts.labels.length
  // Without a list labels ascend, so that the order of equal supports is that of the labels.
  const kept = largestFirst(counts.support, maxRows)
  if (classes) kept.sort((k, other) => k - other)
  const rows = kept.map((k) => classScores(counts, k, total, classes?.[k].name))
  return { per_class: rows, ...(all > maxRows ? { truncated: all - maxRows } : {}) }
}

/** A mean that knows how many values it averages, and why it has no value when there are none. */
class Mean {
  readonly #sum = new NeumaierSum()
  readonly #whenNone: UndefinedScore
  count = 0

  constructor(whenNone: UndefinedScore) {
    this.#whenNone = whenNone
  }

  add(value: number): void {
    this.#sum.add(value)
    this.count++
  }

  get score(): Score {
    return this.count > 0 ? this.#sum.value / this.count : this.#whenNone
  }
}

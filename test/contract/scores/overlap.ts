import { count, Gap, mean, ratio, type Score, sum } from '../reading/gap.ts'
import { countedVoid, type Options } from '../reading/options.ts'
import type { Table } from '../reading/table.ts'

interface ClassRow {
  readonly label: number
  readonly support: number
  readonly predicted: number
  readonly tp: number
  readonly fp: number
  readonly fn: number
  readonly iou: Score
  readonly dice: Score
  readonly precision: Score
  readonly recall: Score
  readonly [more: string]: Score | undefined
}

/** Scores of labels as classes; a label of void is none of them, wherever it is predicted. `millilitres` are those of a voxel. */
export function overlap(table: Table, options: Options, millilitres?: number): Record<string, unknown> {
  const { total, rows, columns } = table
  const ignored = countedVoid(options)
  const wantsRates = options.include?.includes('class_rates') ?? false
  const listed = options.classes && Object.keys(options.classes).map(Number)
  const labels = listed ?? [...new Set([...rows, ...columns])].filter((label) => !ignored.has(label))
  const classes = labels
    .map((label) => classRow(table, label, { isVoid: ignored.has(label), beta: options.beta, wantsRates }))
    .map((row) => ({
      ...row,
      ...(millilitres !== undefined && {
        volume_ground_truth: row.support * millilitres,
        volume_prediction: row.predicted * millilitres,
      }),
    }))
    .sort((x, y) => (listed ? x.label - y.label : y.support - x.support || x.label - y.label))
  const either = classes.filter(({ support, predicted }) => support + predicted > 0)
  const inTruth = classes.filter(({ support }) => support > 0)
  const noClass = total === 0 ? 'no_pixels' : 'absent_both'
  const noTruth = total === 0 || either.length === 0 ? noClass : 'empty_ground_truth'
  const ious = (of: readonly ClassRow[]) => of.map(({ iou }) => iou as number)
  const worst = [...either].sort(
    (x, y) => (x.iou as number) - (y.iou as number) || y.support - x.support || x.label - y.label,
  )[0]
  return {
    ...agreement(table),
    mean_accuracy: mean(
      inTruth.map(({ recall }) => recall as number),
      noTruth,
    ),
    mean_iou: mean(ious(either), noClass),
    mean_iou_ground_truth: mean(ious(inTruth), noTruth),
    fw_iou: ratio(
      sum(inTruth.map(({ support, iou }) => support * (iou as number))),
      sum(inTruth.map(({ support }) => support)),
      noTruth,
    ),
    mean_dice: mean(
      either.map(({ dice }) => dice as number),
      noClass,
    ),
    generalised_dice: generalisedDice(either, noClass),
    ...(wantsRates && pooled(either, inTruth, { noClass, noTruth })),
    classes_averaged: either.length,
    n_averaged: {
      mean_accuracy: inTruth.length,
      mean_iou: either.length,
      mean_iou_ground_truth: inTruth.length,
      mean_dice: either.length,
    },
    worst: worst ? { label: worst.label, iou: worst.iou } : new Gap(noClass),
    per_class: classes,
  }
}

function classRow(
  { total, n, a, b }: Table,
  label: number,
  { isVoid, beta, wantsRates }: { isVoid: boolean; beta: number | undefined; wantsRates: boolean },
): ClassRow {
  // Predicted void is a miss of what is there, and nothing of its own.
  const [support, predicted, tp] = isVoid ? [0, 0, 0] : [a(label), b(label), n(label, label)]
  const fp = predicted - tp
  const fn = support - tp
  const absent = total === 0 ? 'no_pixels' : 'absent_both'
  const isAbsent = support + predicted === 0
  const tn = total - tp - fp - fn
  const noRest = total === 0 ? 'no_pixels' : 'zero_denominator'
  const noTruth = isAbsent ? absent : 'empty_ground_truth'
  const noPrediction = isAbsent ? absent : 'empty_prediction'
  const recall = ratio(tp, support, noTruth)
  const specificity = ratio(tn, tn + fp, noRest)
  const ofBoth = (of: (recall: number, specificity: number) => number): Score =>
    recall instanceof Gap ? recall : specificity instanceof Gap ? specificity : of(recall, specificity)
  return {
    label,
    support,
    predicted,
    tp,
    fp,
    fn,
    iou: ratio(tp, tp + fp + fn, absent),
    dice: ratio(2 * tp, 2 * tp + fp + fn, absent),
    ...(beta !== undefined && {
      f_beta: ratio((1 + beta ** 2) * tp, (1 + beta ** 2) * tp + beta ** 2 * fn + fp, absent),
    }),
    precision: ratio(tp, predicted, noPrediction),
    recall,
    specificity,
    ...(wantsRates && {
      npv: ratio(tn, tn + fn, noRest),
      fpr: ratio(fp, tn + fp, noRest),
      fnr: ratio(fn, support, noTruth),
      fdr: ratio(fp, predicted, noPrediction),
      balanced_accuracy: ofBoth((r, s) => (r + s) / 2),
      youden_j: ofBoth((r, s) => r + s - 1),
      area_difference: predicted - support,
      relative_area_difference: ratio(predicted - support, support, noTruth),
    }),
    volumetric_similarity: isAbsent ? new Gap(absent) : 1 - Math.abs(fn - fp) / (2 * tp + fp + fn),
  }
}

/** A class that is not predicted has no precision, and does not escape the mean by that. */
const precisionOrZero = ({ precision }: ClassRow): number => (precision instanceof Gap ? 0 : precision)

/** Means by the size of the classes, and the scores of all their pixels together. */
function pooled(
  either: readonly ClassRow[],
  inTruth: readonly ClassRow[],
  { noClass, noTruth }: { noClass: string; noTruth: string },
) {
  const over = (of: (row: ClassRow) => number) => sum(either.map(of))
  const [a, b, tp] = [
    over(({ support }) => support),
    over(({ predicted }) => predicted),
    over((row) => row.tp),
  ]
  const weighted = (of: (row: ClassRow) => number) =>
    ratio(sum(inTruth.map((row) => row.support * of(row))), a, noTruth)
  return {
    mean_precision: mean(either.map(precisionOrZero), noClass),
    weighted: { dice: weighted(({ dice }) => dice as number), precision: weighted(precisionOrZero) },
    micro: {
      iou: ratio(tp, a + b - tp, noClass),
      dice: ratio(2 * tp, a + b, noClass),
      precision: ratio(tp, b, either.length === 0 ? noClass : 'empty_prediction'),
      recall: ratio(tp, a, noTruth),
    },
  }
}

/** Over all labels, void among the predicted ones too. */
function agreement({ total, rows, columns, n, a, b }: Table): Record<string, Score> {
  const labels = [...new Set([...rows, ...columns])]
  const agreed = sum(labels.map((label) => n(label, label)))
  const byChance = sum(labels.map((label) => a(label) * b(label)))
  const spread = (size: (label: number) => number) =>
    total ** 2 - sum(labels.map((label) => size(label) ** 2))
  const none = total === 0 ? 'no_pixels' : 'zero_denominator'
  const isOneLabel = rows.length === 1 && columns.length === 1 && rows[0] === columns[0]
  return {
    pixel_accuracy: ratio(agreed, total, none),
    kappa: isOneLabel ? 1 : ratio(agreed * total - byChance, total ** 2 - byChance, none),
    mcc: ratio(agreed * total - byChance, Math.sqrt(spread(a) * spread(b)), none),
  }
}

function generalisedDice(either: readonly ClassRow[], noClass: string): Score {
  if (either.length === 0) return new Gap(noClass)
  if (count(either, ({ support }) => support > 0) === 0) return 0
  const rarest = Math.min(...either.filter(({ support }) => support > 0).map(({ support }) => support))
  const weight = ({ support }: ClassRow) => 1 / (support || rarest) ** 2
  return (
    (2 * sum(either.map((row) => weight(row) * row.tp))) /
    sum(either.map((row) => weight(row) * (row.support + row.predicted)))
  )
}

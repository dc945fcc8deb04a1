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
  readonly specificity: Score
  readonly volumetric_similarity: Score
}

/** Scores of labels as classes; a label of void is none of them, wherever it is predicted. */
export function overlap(table: Table, options: Options): Record<string, unknown> {
  const { total, rows, columns } = table
  const ignored = countedVoid(options)
  const listed = options.classes && Object.keys(options.classes).map(Number)
  const labels = listed ?? [...new Set([...rows, ...columns])].filter((label) => !ignored.has(label))
  const classes = labels
    .map((label) => classRow(table, label, ignored.has(label)))
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

function classRow({ total, n, a, b }: Table, label: number, isVoid: boolean): ClassRow {
  // Predicted void is a miss of what is there, and nothing of its own.
  const [support, predicted, tp] = isVoid ? [0, 0, 0] : [a(label), b(label), n(label, label)]
  const fp = predicted - tp
  const fn = support - tp
  const absent = total === 0 ? 'no_pixels' : 'absent_both'
  const isAbsent = support + predicted === 0
  return {
    label,
    support,
    predicted,
    tp,
    fp,
    fn,
    iou: ratio(tp, tp + fp + fn, absent),
    dice: ratio(2 * tp, 2 * tp + fp + fn, absent),
    precision: ratio(tp, predicted, isAbsent ? absent : 'empty_prediction'),
    recall: ratio(tp, support, isAbsent ? absent : 'empty_ground_truth'),
    specificity: ratio(total - support - fp, total - support, total === 0 ? 'no_pixels' : 'zero_denominator'),
    volumetric_similarity: isAbsent ? new Gap(absent) : 1 - Math.abs(fn - fp) / (2 * tp + fp + fn),
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

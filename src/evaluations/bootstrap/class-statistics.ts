import type { Score } from '../../metrics/numbers/undefined-score.ts'
import type { ClassCounts } from '../../metrics/overlap/class-counts.ts'
import { labelAgreementOf } from '../../metrics/overlap/label-agreement.ts'
import { overallMeans } from '../../metrics/overlap/overall-means.ts'
import type { SparseColumn } from '../rows/sparse-column.ts'
import { quotient, type StatisticPart, type SummaryLists } from './statistic.ts'
import type { SumLayout } from './sum-layout.ts'

const pixels = { kind: 'pixels' } as const
const means = ['mean_accuracy', 'mean_iou', 'fw_iou', 'mean_dice'] as const

/** Statistics of classes; none where labels are no classes. */
export function classStatistics(layout: SumLayout, lists: SummaryLists): StatisticPart[] {
  const { classes, otherLabels, byClass } = layout
  if (classes === undefined) return []
  return [
    overlapPart(layout, classes),
    perClassPart(layout, classes, lists.perClass),
    ...(otherLabels === undefined ? [] : [agreementPart(layout, classes, otherLabels)]),
    ...(byClass === undefined ? [] : [byClassPart(layout, byClass, lists.byClass)]),
  ]
}

function overlapPart(layout: SumLayout, first: number): StatisticPart {
  const countsFrom = countsOf([{ column: layout.columns.classes, first }])
  return {
    statistics: ['pixel_accuracy', ...means].map((name) => ({
      pointer: `/pooled/overlap/${name}`,
      of: pixels,
    })),
    evaluate: (sums) => {
      const total = sums[layout.pixels]
      const values = overallMeans(countsFrom(sums), total)
      return [quotient(sums[layout.agreed], total), ...means.map((name) => values[name])]
    },
  }
}

/** Kappa and MCC, of all labels. */
function agreementPart(layout: SumLayout, first: number, firstOther: number): StatisticPart {
  const countsFrom = countsOf([
    { column: layout.columns.classes, first },
    { column: layout.columns.otherLabels, first: firstOther },
  ])
  return {
    statistics: ['kappa', 'mcc'].map((name) => ({ pointer: `/pooled/overlap/${name}`, of: pixels })),
    evaluate: (sums) => {
      const { kappa, mcc } = labelAgreementOf(countsFrom(sums), sums[layout.pixels])
      return [kappa, mcc]
    },
  }
}

function perClassPart(layout: SumLayout, first: number, labels: readonly number[]): StatisticPart {
  const positionOf = positions(layout.columns.classes)
  const rows = labels.flatMap((label, row) => {
    const position = positionOf.get(label)
    return position === undefined ? [] : [{ label, row, sum: first + 3 * position }]
  })
  const names = ['iou', 'dice', 'precision', 'recall'].slice(0, layout.byClass === undefined ? 2 : 4)
  return {
    statistics: rows.flatMap(({ label, row }) =>
      names.map((name) => ({
        pointer: `/pooled/overlap/per_class/${row}/${name}`,
        of: { kind: 'class', label } as const,
      })),
    ),
    evaluate: (sums) =>
      rows.flatMap(({ sum }) => {
        const [tp, fp, fn] = [sums[sum], sums[sum + 1], sums[sum + 2]]
        const scores = [
          quotient(tp, tp + fn + fp),
          quotient(2 * tp, tp + fn + (tp + fp)),
          quotient(tp, tp + fp),
          quotient(tp, tp + fn),
        ]
        return scores.slice(0, names.length)
      }),
  }
}

/** Means over images by class, and their means over classes. */
function byClassPart(layout: SumLayout, first: number, labels: readonly number[]): StatisticPart {
  const positionOf = positions(layout.columns.classes)
  const starts = labels.map((label) => first + 3 * (positionOf.get(label) ?? 0))
  return {
    statistics: [
      { pointer: '/macro/mean_iou_class_first/mean', of: pixels },
      { pointer: '/macro/mean_dice_class_first/mean', of: pixels },
      ...labels.flatMap((label, row) =>
        ['mean_iou', 'mean_dice'].map((name) => ({
          pointer: `/by_class/${row}/${name}`,
          of: { kind: 'class', label } as const,
        })),
      ),
    ],
    evaluate: (sums) => {
      const ious = starts.map((start) => quotient(sums[start], sums[start + 2]))
      const dices = starts.map((start) => quotient(sums[start + 1], sums[start + 2]))
      return [meanOf(ious), meanOf(dices), ...ious.flatMap((iou, k) => [iou, dices[k]])]
    },
  }
}

function meanOf(scores: readonly Score[]): Score {
  const defined = scores.filter((score) => typeof score === 'number')
  return quotient(
    defined.reduce((sum, score) => sum + score, 0),
    defined.length,
  )
}

/** The counts of all labels of some columns, ascending by label, read from a vector of sums into the same arrays again. */
function countsOf(
  columns: readonly { readonly column: SparseColumn; readonly first: number }[],
): (sums: Float64Array) => ClassCounts {
  const startsOf = new Map<number, number[]>()
  for (const { column, first } of columns)
    column.labels.forEach((label, position) => {
      const start = first + 3 * position
      startsOf.set(label ?? 0, [...(startsOf.get(label ?? 0) ?? []), start])
    })
  const labels = Float64Array.from(startsOf.keys()).sort()
  const starts = Array.from(labels, (label) => startsOf.get(label) ?? [])
  const counts = {
    labels,
    support: new Float64Array(labels.length),
    predicted: new Float64Array(labels.length),
    agreed: new Float64Array(labels.length),
  }
  return (sums) => {
    for (let k = 0; k < starts.length; k++) {
      let [tp, fp, fn] = [0, 0, 0]
      for (const start of starts[k]) {
        tp += sums[start]
        fp += sums[start + 1]
        fn += sums[start + 2]
      }
      counts.support[k] = tp + fn
      counts.predicted[k] = tp + fp
      counts.agreed[k] = tp
    }
    return counts
  }
}

const positions = ({ labels }: SparseColumn) => new Map(labels.map((label, position) => [label, position]))

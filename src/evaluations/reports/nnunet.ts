import { NeumaierSum } from '../../metrics/numbers/neumaier-sum.ts'
import { isAssumed } from '../checks/check-names.ts'
import { asEmpty } from '../rows/as-empty.ts'
import type { ItemContents, ItemRow } from '../rows/item-row.ts'
import type { Summary } from '../summary/summary.ts'
import type { ReportInput } from './report-input.ts'

const metrics = ['Dice', 'FN', 'FP', 'IoU', 'TN', 'TP', 'n_pred', 'n_ref'] as const
type CaseMetrics = Readonly<Record<(typeof metrics)[number], number>>

/**
 * `nnunet.json` in the shape of nnU-Net's `summary.json`: per case and class Dice, IoU and pixel counts, their means over the
 * cases in which they are defined (`mean`), and the mean of these over all classes but 0 (`foreground_mean`, NaN as soon as
 * one of them is). Undefined is written `NaN`, as Python writes and reads it. `reference_file` and `prediction_file` are keys.
 *
 * A failed or skipped case counts as an empty prediction, so that it improves no mean; one whose ground truth cannot be read
 * is in no mean. `maskscore`, which nnU-Net does not read, names both, and says why there are no metrics where there are none.
 *
 * Source: nnunetv2/evaluation/evaluate_predictions.py of MIC-DKFZ/nnUNet.
 */
export function* nnunetReport({ summary, rows }: ReportInput): Generator<string> {
  const labels = labelsOf(summary, rows())
  const means = meansOf(labels, rows())
  const foreground = labels.filter((label) => label !== 0).map((label) => means.get(label) ?? noMean)
  yield `{\n    "foreground_mean": ${json(metricsOf((metric) => mean(foreground.map((of) => of[metric]))))},\n`
  yield `    "maskscore": ${json(factsOf(summary, rows()))},\n    "mean": {`
  yield labels.map((label) => `\n        "${label}": ${json(means.get(label) ?? noMean)}`).join(',')
  yield '\n    },\n    "metric_per_case": ['
  let separator = ''
  for (const row of rows()) {
    const counted = asEmpty(row)
    if (counted.status !== 'scored') continue
    const byClass = labels.map((label) => `"${label}": ${json(caseMetrics(counted, label))}`).join(', ')
    const key = json(row.key)
    yield `${separator}\n        {"metrics": {${byClass}}, "prediction_file": ${key}, "reference_file": ${key}}`
    separator = ','
  }
  yield '\n    ]\n}\n'
}

function labelsOf({ pooled: { overlap } }: Summary, rows: Iterable<ItemRow>): number[] {
  if (overlap === null) return []
  const labels = new Set(overlap.per_class.map(({ label }) => label))
  for (const row of rows) for (const [label] of asEmpty(row).classes) labels.add(label)
  return [...labels].sort((a, b) => a - b)
}

function caseMetrics({ classes, pixels: { counted } }: ItemContents, label: number): CaseMetrics {
  const [, tp, fp, fn] = classes.find((row) => row[0] === label) ?? [label, 0, 0, 0]
  const union = tp + fp + fn
  return {
    Dice: union === 0 ? Number.NaN : (2 * tp) / (union + tp),
    FN: fn,
    FP: fp,
    IoU: union === 0 ? Number.NaN : tp / union,
    TN: counted - union,
    TP: tp,
    n_pred: fp + tp,
    n_ref: fn + tp,
  }
}

const metricsOf = (value: (metric: (typeof metrics)[number]) => number): CaseMetrics => ({
  Dice: value('Dice'),
  FN: value('FN'),
  FP: value('FP'),
  IoU: value('IoU'),
  TN: value('TN'),
  TP: value('TP'),
  n_pred: value('n_pred'),
  n_ref: value('n_ref'),
})

const noMean = metricsOf(() => Number.NaN)

/** Means over the cases in which a metric is defined, class by class. */
function meansOf(labels: readonly number[], rows: Iterable<ItemRow>): Map<number, CaseMetrics> {
  const sums = labels.map((label) => ({ label, of: metrics.map(() => ({ sum: new NeumaierSum(), n: 0 })) }))
  for (const row of rows) {
    const counted = asEmpty(row)
    if (counted.status !== 'scored') continue
    for (const { label, of } of sums) {
      const values = caseMetrics(counted, label)
      metrics.forEach((metric, k) => {
        if (Number.isNaN(values[metric])) return
        of[k].sum.add(values[metric])
        of[k].n++
      })
    }
  }
  return new Map(
    sums.map(({ label, of }) => [
      label,
      metricsOf((metric) => {
        const { sum, n } = of[metrics.indexOf(metric)]
        return n === 0 ? Number.NaN : sum.value / n
      }),
    ]),
  )
}

function mean(values: readonly number[]): number {
  const sum = new NeumaierSum()
  for (const value of values) sum.add(value)
  return values.length === 0 ? Number.NaN : sum.value / values.length
}

function factsOf(summary: Summary, rows: Iterable<ItemRow>) {
  const asEmptyCases: string[] = []
  const inNoMean: string[] = []
  for (const row of rows) if (row.status !== 'scored') (row.as_empty ? asEmptyCases : inNoMean).push(row.key)
  return {
    as_empty: asEmptyCases,
    complete: summary.complete,
    in_no_mean: inNoMean,
    labels_assumed_classes: isAssumed('/pooled/overlap', summary),
    no_metrics_because: summary.reasons['/pooled/overlap'] ?? null,
  }
}

/** JSON as Python writes it: undefined numbers are `NaN`. */
function json(value: unknown): string {
  if (typeof value === 'number') return Number.isNaN(value) ? 'NaN' : String(value)
  if (Array.isArray(value)) return `[${value.map(json).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${json(member)}`)
  return `{${members.join(', ')}}`
}

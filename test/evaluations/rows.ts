import { type EvaluationOptions, evaluationOptionsSchema } from '../../src/evaluations/options.ts'
import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import type { RunFacts } from '../../src/evaluations/run-facts.ts'
import { entropies } from '../../src/metrics/information/entropy.ts'
import { miLoss } from '../../src/metrics/information/mi-loss.ts'
import { tableFromPairs } from '../../src/metrics/table/contingency-table.ts'
import { parseScoreOptions } from '../../src/scoring/request/parse-options.ts'

/** A scored row with nothing in it but what is given. */
export function rowOf(index: number, given: Partial<ItemRow> = {}): ItemRow {
  return {
    index,
    key: `item-${String(index).padStart(4, '0')}`,
    status: 'scored',
    width: 1,
    height: given.pixels?.total ?? 1,
    pixels: { total: 0, counted: 0, ignored: 0 },
    scores: {},
    reasons: {},
    classes: [],
    joint: [],
    warnings: [],
    sha256: [hash(index), hash(index + 2 ** 20)],
    ...given,
  }
}

const hash = (number: number): string => number.toString(16).padStart(64, '0').split('').reverse().join('')

/** The row of an image whose label pairs are given: its loss, entropies, class counts and joint table. */
export function rowOfPairs(
  index: number,
  triples: readonly (readonly [groundTruth: number, prediction: number, pixels: number])[],
  given: Partial<ItemRow> = {},
): ItemRow {
  const table = tableFromPairs({
    groundTruth: triples.map(([label]) => label),
    prediction: triples.map(([, label]) => label),
    counts: triples.map(([, , pixels]) => pixels),
  })
  const { total } = table
  const { mutual, split, merge, joint } = entropies(table)
  const loss = miLoss(table).mi_loss
  const labels = [...table.rowLabels, ...table.columnLabels].filter(
    (label, k, all) => all.indexOf(label) === k,
  )
  const sum = (keep: (a: number, b: number) => boolean) =>
    triples.filter(([a, b]) => keep(a, b)).reduce((pixels, [, , n]) => pixels + n, 0)
  const classes = labels.map((label) => {
    const tp = sum((a, b) => a === label && b === label)
    return [label, tp, sum((_, b) => b === label) - tp, sum((a) => a === label) - tp] as const
  })
  const ious = classes.map(([, tp, fp, fn]) => tp / (tp + fp + fn))
  const known = <T>(value: T) => (total === 0 ? null : value)
  return rowOf(index, {
    pixels: { total, counted: total, ignored: 0 },
    scores: {
      mi_loss: typeof loss === 'number' ? loss : null,
      h_joint: known(joint),
      mi: known(mutual),
      vi_split: known(split),
      vi_merge: known(merge),
      pixel_accuracy: known(sum((a, b) => a === b) / total),
      mean_iou: known(ious.reduce((a, b) => a + b, 0) / ious.length),
    },
    reasons: {},
    classes,
    joint: triples,
    ...given,
  })
}

/** What is known of a run of so many items; labels are classes unless said otherwise. */
export function runOf(
  items: number,
  evaluation: Partial<EvaluationOptions> = {},
  given: Partial<RunFacts> & { readonly options?: unknown } = {},
): RunFacts {
  const { options, ...facts } = given
  return {
    items,
    labels: 'classes',
    names: { nameOf: new Map() },
    scoring: parseScoreOptions(options ?? {}),
    evaluation: evaluationOptionsSchema.parse({ intervals: 'none', ...evaluation }),
    matching: {},
    ...facts,
  }
}

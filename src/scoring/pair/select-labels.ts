import { type ContingencyTable, filterTable } from '../../metrics/table/contingency-table.ts'
import type { ScoreOptions } from '../request/options.ts'

/** Which labels a scoring drops, and the table without them. */
export interface Selection {
  readonly table: ContingencyTable
  readonly dropsGroundTruth: (label: number) => boolean
  readonly dropsPrediction: (label: number) => boolean
}

type Selecting = Pick<ScoreOptions, 'ignore_labels' | 'ignore_prediction_labels' | 'min_segment_area'>

/** Applies `ignore_labels`, `ignore_prediction_labels`, then `min_segment_area` (over what is still counted). */
export function selectLabels(counted: ContingencyTable, options: Selecting): Selection {
  const ignored = new Set(options.ignore_labels ?? [])
  const ignoredPredictions = new Set(options.ignore_prediction_labels)
  const dropsPrediction = (label: number) => ignoredPredictions.has(label)
  const remaining =
    ignored.size === 0 && ignoredPredictions.size === 0
      ? counted
      : filterTable(counted, (truth, predicted) => !ignored.has(truth) && !ignoredPredictions.has(predicted))
  const small = new Set(
    remaining.rowLabels.filter((_, row) => remaining.rowSums[row] < options.min_segment_area),
  )
  return {
    table: small.size === 0 ? remaining : filterTable(remaining, (truth) => !small.has(truth)),
    dropsGroundTruth: (label) => ignored.has(label) || small.has(label),
    dropsPrediction,
  }
}

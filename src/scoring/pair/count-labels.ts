import { type ContingencyTable, filterTable, relabelTable } from '../../metrics/table/contingency-table.ts'
import type { TableOptions } from '../request/options.ts'
import type { PairRules } from './label-rules.ts'
import { smallPredictions } from './small-predictions.ts'

/** Labels counted: what is known of two masks without asking where their pixels are. */
export interface CountedLabels {
  /** All pixels, before any were dropped. */
  readonly all: ContingencyTable
  readonly classes: ContingencyTable
  /** Predicted labels that are void: a miss, and no class. */
  readonly voidLabels: ReadonlySet<number>
  /** Predicted labels with more than half of their pixels on void, counted over the whole mask. */
  readonly mostlyVoid: ReadonlySet<number>
}

/** Leaves out and renames whole labels of a table, in the order of `countPair`. */
export function countLabels(
  files: ContingencyTable,
  { groundTruth, prediction, void: voidLabels }: PairRules,
  options: TableOptions,
): CountedLabels {
  if (groundTruth.isPlain && prediction.isPlain && options.min_prediction_area === 0) {
    const classes = withoutSmallRows(files, options)
    return { all: files, classes, voidLabels, mostlyVoid: new Set() }
  }
  const all = relabelTable(files, groundTruth.countedAs, prediction.countedAs)
  const small = options.min_prediction_area > 0 ? smallPredictions(areasOf(all), options) : undefined
  const countedAs = (file: number) => {
    const label = prediction.countedAs(file)
    return small?.segments.has(label) ? small.background : label
  }
  const dropsNothing = !files.rowLabels.some(groundTruth.drops) && !files.columnLabels.some(prediction.drops)
  const kept = dropsNothing
    ? files
    : filterTable(files, (truth, predicted) => !groundTruth.drops(truth) && !prediction.drops(predicted))
  const classes = withoutSmallRows(relabelTable(kept, groundTruth.countedAs, countedAs), options)
  // Only instance scores ask for it.
  const wantsVoid = options.families.includes('instances') && files.rowLabels.some(groundTruth.drops)
  const isVoid = (label: number) => (groundTruth.drops(label) ? 1 : 0)
  const mostlyVoid = wantsVoid ? mostlyOnVoid(relabelTable(files, isVoid, countedAs)) : new Set<number>()
  return { all, classes, voidLabels, mostlyVoid }
}

const areasOf = ({ columnLabels, columnSums }: ContingencyTable): [label: number, pixels: number][] =>
  Array.from(columnLabels, (label, column) => [label, columnSums[column]])

/** Ground-truth segments of fewer counted pixels than `min_segment_area` are not counted. */
function withoutSmallRows(
  table: ContingencyTable,
  { min_segment_area }: Pick<TableOptions, 'min_segment_area'>,
): ContingencyTable {
  if (min_segment_area === 0) return table
  const small = new Set(table.rowLabels.filter((_, row) => table.rowSums[row] < min_segment_area))
  return small.size === 0 ? table : filterTable(table, (truth) => !small.has(truth))
}

/**
 * The predicted segments of which more than half lies on void.
 * @param table row 1 is void, row 0 all other pixels of the whole masks
 */
export function mostlyOnVoid({
  rowLabels,
  rows,
  columns,
  columnLabels,
  columnSums,
  counts,
}: ContingencyTable): Set<number> {
  const found = new Set<number>()
  for (let k = 0; k < counts.length; k++)
    if (rowLabels[rows[k]] === 1 && 2 * counts[k] > columnSums[columns[k]])
      found.add(columnLabels[columns[k]])
  return found
}

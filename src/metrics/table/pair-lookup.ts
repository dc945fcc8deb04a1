import type { ContingencyTable } from './contingency-table.ts'

/**
 * A value for each pair of a table, found by the labels of the pair.
 * @param valueFor is asked once for each pair, by its index in the table
 * @returns the value of (ground-truth label, predicted label); undefined where the table has no such pair
 */
export function pairLookup(
  { rows, columns, counts, rowLabels, columnLabels }: ContingencyTable,
  valueFor: (pair: number) => number,
): (groundTruth: number, prediction: number) => number | undefined {
  const byRow = new Map<number, Map<number, number>>()
  for (const label of rowLabels) byRow.set(label, new Map())
  for (let k = 0; k < counts.length; k++)
    byRow.get(rowLabels[rows[k]])?.set(columnLabels[columns[k]], valueFor(k))
  return (groundTruth, prediction) => byRow.get(groundTruth)?.get(prediction)
}

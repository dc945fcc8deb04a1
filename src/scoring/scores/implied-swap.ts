import { labelAgreement } from '../../metrics/overlap/label-agreement.ts'
import { bestRenaming } from '../../metrics/regions/best-renaming.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'

/** More labels than this are objects, not classes, so that a renaming says nothing about the list of classes. */
const maxSwappedLabels = 256
/** Gain in pixel accuracy from which a renaming counts as a swap. */
const minSwapGain = 0.1

/**
 * The renaming of predicted labels that fits the ground truth better than their own names, when both masks
 * have the same label set and it gains at least 0.1 of pixel accuracy.
 */
export function impliedSwap(
  table: ContingencyTable,
): { pairs: [number, number][]; gain: number } | undefined {
  if (table.total === 0 || table.rowLabels.length > maxSwappedLabels || !sameLabels(table)) return undefined
  if (mostGain(table) < minSwapGain) return undefined
  const { relabelling, one_to_one_accuracy } = bestRenaming(table)
  const { pixel_accuracy } = labelAgreement(table)
  if (typeof one_to_one_accuracy !== 'number' || typeof pixel_accuracy !== 'number') return undefined
  const pairs = relabelling
    .filter((row) => row.prediction !== row.ground_truth)
    .map((row): [number, number] => [row.prediction, row.ground_truth])
  const gain = one_to_one_accuracy - pixel_accuracy
  return pairs.length > 0 && gain >= minSwapGain ? { pairs, gain } : undefined
}

/** What no renaming can exceed: each true label has at most its largest overlap. Spares most pairs the search. */
function mostGain({ rows, columns, counts, rowLabels, total }: ContingencyTable): number {
  const largest = new Float64Array(rowLabels.length)
  let agreed = 0
  for (let k = 0; k < counts.length; k++) {
    if (counts[k] > largest[rows[k]]) largest[rows[k]] = counts[k]
    // Both masks have the same labels, so that equal positions are equal labels.
    if (rows[k] === columns[k]) agreed += counts[k]
  }
  let most = 0
  for (let row = 0; row < largest.length; row++) most += largest[row]
  // Rounding must not take the search away from a gain of exactly that much.
  return (most - agreed) / total + 1e-9
}

const sameLabels = ({ rowLabels, columnLabels }: ContingencyTable): boolean =>
  rowLabels.length === columnLabels.length && rowLabels.every((label, i) => label === columnLabels[i])

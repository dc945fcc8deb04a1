import type { Warning } from '../../labels/decoded-mask.ts'
import { bestRenaming } from '../../metrics/regions/regions.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'

/** More labels than this are instances, not classes: a relabelling says nothing about a swapped class list. */
const maxSwappedLabels = 256
/** Pixel accuracy that a relabelling must gain before it is called a swap. */
const minSwapGain = 0.1

/** What the counts themselves give reason to doubt. */
export function tableWarnings(table: ContingencyTable, background: number | null): Warning[] {
  if (table.total === 0) return []
  const sides = [
    { side: 'ground truth', labels: table.rowLabels },
    { side: 'prediction', labels: table.columnLabels },
  ]
  const warnings: Warning[] = []
  for (const { side, labels } of sides) {
    if (labels.length > 1) continue
    warnings.push({
      code: 'CONSTANT_MASK',
      message: `The ${side} has a single label (${labels[0]}): it cuts the image into nothing, so mi_loss is 0 or 1 and says little.`,
    })
    if (labels[0] === background)
      warnings.push({
        code: 'BACKGROUND_ONLY',
        message: `The ${side} holds nothing but the background label ${background}.`,
      })
  }
  if (!shareLabel(table.rowLabels, table.columnLabels)) warnings.push(disjoint(table))
  return [...warnings, ...swapped(table)]
}

/** Whether a label is in both lists, which ascend. */
function shareLabel(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) return true
    if (a[i] < b[j]) i++
    else j++
  }
  return false
}

function disjoint(table: ContingencyTable): Warning {
  const shown = (labels: Float64Array) =>
    `${labels.slice(0, 5).join(', ')}${labels.length > 5 ? `, … (${labels.length})` : ''}`
  return {
    code: 'LABEL_SETS_DISJOINT',
    message:
      `The masks share no label (ground truth ${shown(table.rowLabels)}; prediction ${shown(table.columnLabels)}), so every overlap score is 0. ` +
      'If they code the same classes differently, set `binary`, `palette` or a colour map; mi_loss does not depend on names.',
  }
}

function swapped(table: ContingencyTable): Warning[] {
  const implied = impliedSwap(table)
  if (!implied) return []
  const pairs = implied.pairs.map(([from, to]) => `${from} → ${to}`)
  return [
    {
      code: 'SWAPPED_LABELS',
      message:
        `Renaming the prediction's labels (${pairs.slice(0, 8).join(', ')}${pairs.length > 8 ? ', …' : ''}) ` +
        `would raise pixel accuracy by ${implied.gain.toFixed(3)}: its label list may be in another order.`,
    },
  ]
}

/**
 * The renaming of predicted labels that fits the ground truth better than their own names, when both masks
 * have the same label set and it gains at least 0.1 of pixel accuracy.
 */
export function impliedSwap(
  table: ContingencyTable,
): { pairs: [number, number][]; gain: number } | undefined {
  if (table.total === 0 || table.rowLabels.length > maxSwappedLabels || !sameLabels(table)) return undefined
  const { relabelling, one_to_one_accuracy } = bestRenaming(table)
  if (typeof one_to_one_accuracy !== 'number') return undefined
  const pairs = relabelling
    .filter((row) => row.prediction !== row.ground_truth)
    .map((row): [number, number] => [row.prediction, row.ground_truth])
  const gain = one_to_one_accuracy - accuracy(table)
  return pairs.length > 0 && gain >= minSwapGain ? { pairs, gain } : undefined
}

const sameLabels = ({ rowLabels, columnLabels }: ContingencyTable): boolean =>
  rowLabels.length === columnLabels.length && rowLabels.every((label, i) => label === columnLabels[i])

function accuracy(table: ContingencyTable): number {
  let agreeing = 0
  for (let k = 0; k < table.counts.length; k++)
    if (table.rowLabels[table.rows[k]] === table.columnLabels[table.columns[k]]) agreeing += table.counts[k]
  return agreeing / table.total
}

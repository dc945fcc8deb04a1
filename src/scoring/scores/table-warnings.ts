import type { Warning } from '../../labels/decoded-mask.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import { codingWarnings, type Expected } from './coding-warnings.ts'
import { impliedSwap } from './implied-swap.ts'

/** Warnings about masks whose counts look as if something went wrong. */
export function tableWarnings(table: ContingencyTable, expected: Expected): Warning[] {
  if (table.total === 0)
    return [
      {
        code: 'NOTHING_COUNTED',
        message: 'No pixel was counted: every pixel is void or left out by an option, so there is no score.',
      },
    ]
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
    if (labels[0] === expected.background)
      warnings.push({
        code: 'BACKGROUND_ONLY',
        message: `The ${side} holds nothing but the background label ${labels[0]}.`,
      })
  }
  const common = countCommon(table.rowLabels, table.columnLabels)
  if (common === 0) warnings.push(disjoint(table))
  return [...warnings, ...codingWarnings(table, common, expected), ...swapped(table)]
}

/** How many labels are in both lists. Both ascend. */
function countCommon(a: Float64Array, b: Float64Array): number {
  let common = 0
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = a[i] - b[j]
    if (difference === 0) common++
    if (difference <= 0) i++
    if (difference >= 0) j++
  }
  return common
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

import { miLoss } from '../../metrics/information/mi-loss.ts'
import { NeumaierSum } from '../../metrics/numbers/neumaier-sum.ts'
import { overlap } from '../../metrics/overlap/overlap.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import { impliedSwap } from './implied-swap.ts'

/**
 * Matrices of mi_loss and mean IoU of each annotator with each, their means, the outlier and swapped label
 * lists. `tables[i][j]`, j < i, counts annotator j (rows) against annotator i (columns).
 */
export function compareAnnotators(
  names: readonly string[],
  tables: readonly (readonly ContingencyTable[])[],
  truthTables: readonly ContingencyTable[] | undefined,
) {
  const losses = tables.map((row) => row.map((table) => miLoss(table).mi_loss))
  const ious = tables.map((row) => row.map((table) => overlap(table, {}).mean_iou))
  const at =
    <T>(triangle: readonly (readonly T[])[], same: T) =>
    (i: number, j: number) =>
      i === j ? same : triangle[Math.max(i, j)][Math.min(i, j)]
  const square = <T>(cell: (i: number, j: number) => T): T[][] =>
    names.map((_, i) => names.map((_, j) => cell(i, j)))
  const noPixels = tables[1][0].total === 0 ? losses[1][0] : undefined
  const mi_loss = square(at(losses, noPixels ?? 0))
  const mean_iou = square(at(ious, noPixels ?? 1))
  const meanOfOthers = (row: readonly (typeof losses)[number][number][], i: number) => {
    const others = row.filter((_, j) => j !== i)
    const numbers = others.filter((value) => typeof value === 'number')
    if (numbers.length === 0) return others[0]
    const sum = new NeumaierSum()
    for (const value of numbers) sum.add(value)
    return sum.value / numbers.length
  }
  const annotators = names.map((name, i) => ({
    name,
    mean_mi_loss: meanOfOthers(mi_loss[i], i),
    mean_iou: meanOfOthers(mean_iou[i], i),
    ...(truthTables && {
      mi_loss: miLoss(truthTables[i]).mi_loss,
      mean_iou_ground_truth: overlap(truthTables[i], {}).mean_iou,
    }),
  }))
  return { annotators, mi_loss, mean_iou, outlier: outlierOf(annotators), swapped: swaps(names, tables) }
}

function outlierOf(annotators: readonly { name: string; mean_mi_loss: unknown }[]) {
  let outlier: { name: string; mean_mi_loss: number } | null = null
  for (const { name, mean_mi_loss } of annotators)
    if (typeof mean_mi_loss === 'number' && mean_mi_loss > (outlier?.mean_mi_loss ?? 0))
      outlier = { name, mean_mi_loss }
  return outlier
}

function swaps(names: readonly string[], tables: readonly (readonly ContingencyTable[])[]) {
  return tables.flatMap((row, i) =>
    row.flatMap((table, j) => {
      const implied = table.total > 0 ? impliedSwap(table) : undefined
      if (!implied) return []
      const relabelling = implied.pairs.map(([from, to]) => ({ from, to }))
      const annotators: [string, string] = [names[j], names[i]]
      return [{ annotators, relabelling, gain: implied.gain }]
    }),
  )
}

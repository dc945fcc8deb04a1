import { miLoss } from '../../metrics/information/mi-loss.ts'
import { NeumaierSum } from '../../metrics/numbers/neumaier-sum.ts'
import { overlap } from '../../metrics/overlap/overlap.ts'
import type { AnnotatorTable } from '../pair/count-annotators.ts'
import { impliedSwap } from './implied-swap.ts'

/**
 * Matrices of mi_loss and mean IoU of each annotator with each, their means, the outlier and swapped label
 * lists. `tables[i][j]`, j < i, counts annotator j (rows) against annotator i (columns).
 */
export function compareAnnotators(
  names: readonly string[],
  tables: readonly (readonly AnnotatorTable[])[],
  truthTables: readonly AnnotatorTable[] | undefined,
) {
  const losses = tables.map((row) => row.map(({ table }) => miLoss(table).mi_loss))
  const ious = tables.map((row) => row.map(({ table }) => overlap(table).mean_iou))
  const at =
    <T>(triangle: readonly (readonly T[])[], same: T) =>
    (i: number, j: number) =>
      i === j ? same : triangle[Math.max(i, j)][Math.min(i, j)]
  const square = <T>(cell: (i: number, j: number) => T): T[][] =>
    names.map((_, i) => names.map((_, j) => cell(i, j)))
  const noPixels = tables[1][0].table.total === 0 ? losses[1][0] : undefined
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
    ...(truthTables && againstTruth(truthTables[i])),
  }))
  return { annotators, mi_loss, mean_iou, outlier: outlierOf(annotators), swapped: swaps(names, tables) }
}

/** `mean_iou_ground_truth` is over the classes of the ground truth, as in every answer; the other is over those of either mask. */
function againstTruth({ table, voidLabels }: AnnotatorTable) {
  const { mean_iou, mean_iou_ground_truth } = overlap(table, { voidLabels })
  return { mi_loss: miLoss(table).mi_loss, mean_iou_ground_truth, mean_iou_with_ground_truth: mean_iou }
}

function outlierOf(annotators: readonly { name: string; mean_mi_loss: unknown }[]) {
  let outlier: { name: string; mean_mi_loss: number } | null = null
  for (const { name, mean_mi_loss } of annotators)
    if (typeof mean_mi_loss === 'number' && mean_mi_loss > (outlier?.mean_mi_loss ?? 0))
      outlier = { name, mean_mi_loss }
  return outlier
}

function swaps(names: readonly string[], tables: readonly (readonly AnnotatorTable[])[]) {
  return tables.flatMap((row, i) =>
    row.flatMap(({ table }, j) => {
      const implied = table.total > 0 ? impliedSwap(table) : undefined
      if (!implied) return []
      const relabelling = implied.pairs.map(([from, to]) => ({ from, to }))
      const annotators: [string, string] = [names[j], names[i]]
      return [{ annotators, relabelling, gain: implied.gain }]
    }),
  )
}

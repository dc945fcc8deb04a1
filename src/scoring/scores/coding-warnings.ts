import type { Warning } from '../../labels/decoded-mask.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'

/** A ground truth of more labels holds instances, whose numbers say nothing of how a file codes its classes. */
const maxClasses = 32
/** Labels that only the prediction has, before they look like blends of others; and their share of the pixels. */
const minBlends = 8
const maxBlendShare = 0.2

/**
 * Warnings about labels that look as if the two files code the same classes differently, or one was resampled.
 * @param common how many labels both masks have
 */
export function codingWarnings(table: ContingencyTable, common: number): Warning[] {
  const { rowLabels, columnLabels } = table
  if (rowLabels.length < 2 || columnLabels.length < 2) return []
  if (common === 1 && rowLabels.includes(0) && columnLabels.includes(0)) return [onlyZeroShared(table)]
  const strange = columnLabels.length - common
  if (rowLabels.length > maxClasses || strange < Math.max(minBlends, rowLabels.length)) return []
  const truth = new Set(rowLabels)
  return looksInterpolated(table, truth) ? [interpolated(table, truth)] : []
}

function onlyZeroShared(table: ContingencyTable): Warning {
  const [, a] = table.rowLabels
  const [, b] = table.columnLabels
  const binary = table.rowLabels.length === 2 && table.columnLabels.length === 2
  const advice = binary
    ? ` Renaming ${b} → ${a} in the prediction would raise pixel accuracy by ${(together(table, a, b) / table.total).toFixed(3)}: set \`binary\` to compare foreground with foreground.`
    : ' If they code the same classes differently, set `binary`, `palette` or a colour map.'
  return {
    code: 'ONLY_ZERO_SHARED',
    message: `Label 0 is the only one that both masks have (ground truth ${some(table.rowLabels)}; prediction ${some(table.columnLabels)}).${advice}`,
  }
}

function together(
  { rowLabels, columnLabels, rows, columns, counts }: ContingencyTable,
  a: number,
  b: number,
): number {
  const cell = counts.findIndex((_, k) => rowLabels[rows[k]] === a && columnLabels[columns[k]] === b)
  return cell < 0 ? 0 : counts[cell]
}

/** Many labels of few pixels, all between those of the ground truth: what a resize by averages leaves. */
function looksInterpolated(table: ContingencyTable, truth: ReadonlySet<number>): boolean {
  const { columnLabels, columns, counts, total, rowLabels } = table
  const blends = columnLabels.filter((label) => !truth.has(label))
  if (blends[0] < rowLabels[0] || blends[blends.length - 1] > rowLabels[rowLabels.length - 1]) return false
  let pixels = 0
  for (let k = 0; k < counts.length; k++) if (!truth.has(columnLabels[columns[k]])) pixels += counts[k]
  return pixels <= maxBlendShare * total
}

function interpolated({ columnLabels }: ContingencyTable, truth: ReadonlySet<number>): Warning {
  const blends = columnLabels.filter((label) => !truth.has(label))
  return {
    code: 'LIKELY_INTERPOLATED',
    message: `The prediction has ${blends.length} labels of few pixels that the ground truth never has (${some(blends)}), all between its own: it may have been resized by interpolation, or saved in a lossy format. Resize masks by nearest neighbour.`,
  }
}

const some = (labels: Float64Array): string =>
  `${labels.slice(0, 5).join(', ')}${labels.length > 5 ? `, … (${labels.length})` : ''}`

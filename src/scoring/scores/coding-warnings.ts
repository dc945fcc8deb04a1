import type { Warning } from '../../labels/decoded-mask.ts'
import type { ScoreFamily } from '../../metrics/families.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import type { TableOptions } from '../request/options.ts'

/** A ground truth of more labels holds instances, whose numbers say nothing of how a file codes its classes. */
export const maxClasses = 32
/** Labels that only the prediction has, before they look like blends of others; and their share of the pixels. */
const minBlends = 8
const maxBlendShare = 0.2

/** What the caller has said of the labels. */
export interface Expected extends Pick<TableOptions, 'background'> {
  readonly families: readonly ScoreFamily[]
  /** Predicted labels that are no class. */
  readonly voidLabels?: ReadonlySet<number>
  /** The labels of `classes`. */
  readonly listed?: readonly { readonly label: number }[] | undefined
}

/**
 * Warnings about labels that look as if the two files code the same classes differently, or one was resampled.
 * @param common how many labels both masks have
 */
export function codingWarnings(
  table: ContingencyTable,
  common: number,
  { families, voidLabels = new Set(), listed = [] }: Expected,
): Warning[] {
  const { rowLabels, columnLabels } = table
  if (common === 0 || rowLabels.length < 2) return []
  const isZeroAlone = common === 1 && rowLabels.includes(0) && columnLabels.includes(0)
  if (columnLabels.length === common || (rowLabels.length > maxClasses && !isZeroAlone)) return []
  const strange = strangers(table, voidLabels)
  if (strange.labels.length === 0) return []
  if (isZeroAlone) return [onlyZeroShared(table, strange)]
  if (looksInterpolated(table, strange)) return [interpolated(strange)]
  // A listed class that is missing from one image surprises nobody.
  const isListed = (label: number) => listed.some((row) => row.label === label)
  if (!families.includes('overlap') || strange.labels.every(isListed)) return []
  return [onlyPredicted(table, strange)]
}

/** Labels that only the prediction has, void left out: it is no class. */
interface Strangers {
  readonly labels: readonly number[]
  readonly pixels: number
}

function strangers(
  { rowLabels, columnLabels, columnSums }: ContingencyTable,
  voidLabels: ReadonlySet<number>,
): Strangers {
  const truth = new Set(rowLabels)
  const labels: number[] = []
  let pixels = 0
  columnLabels.forEach((label, column) => {
    if (truth.has(label) || voidLabels.has(label)) return
    labels.push(label)
    pixels += columnSums[column]
  })
  return { labels, pixels }
}

function onlyZeroShared(table: ContingencyTable, { labels: [b, ...others] }: Strangers): Warning {
  const [a, ...more] = table.rowLabels.filter((label) => label !== 0)
  const advice =
    others.length + more.length === 0
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
function looksInterpolated({ rowLabels, total }: ContingencyTable, { labels, pixels }: Strangers): boolean {
  if (labels.length < Math.max(minBlends, rowLabels.length)) return false
  if (labels[0] < rowLabels[0] || labels[labels.length - 1] > rowLabels[rowLabels.length - 1]) return false
  return pixels <= maxBlendShare * total
}

const interpolated = ({ labels }: Strangers): Warning => ({
  code: 'LIKELY_INTERPOLATED',
  message: `The prediction has ${labels.length} labels of few pixels that the ground truth never has (${some(labels)}), all between its own: it may have been resized by interpolation, saved in a lossy format, or hold probabilities. Resize masks by nearest neighbour.`,
})

const onlyPredicted = ({ total }: ContingencyTable, { labels, pixels }: Strangers): Warning => ({
  code: 'LABELS_ONLY_PREDICTED',
  message: `The prediction has ${labels.length === 1 ? 'a label' : `${labels.length} labels`} that the ground truth never has (${some(labels)}; ${((100 * pixels) / total).toPrecision(3)} % of the pixels): each counts as a class of IoU 0 in the means of \`overlap\`.`,
})

const some = (labels: ArrayLike<number>): string => {
  const shown = Array.from({ length: Math.min(5, labels.length) }, (_, k) => labels[k]).join(', ')
  return labels.length > 5 ? `${shown}, … (${labels.length})` : shown
}

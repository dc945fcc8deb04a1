import type { ItemRow } from '../../rows/item-row.ts'
import { inCatalogueOrder } from '../../score-facts.ts'
import type { ReportInput } from '../report-input.ts'
import { csvLine } from './csv-line.ts'

/** `items.csv`: a line for each item of the manifest, with every score that any item has. Numbers are exact. */
export function* itemsCsv({ rows }: ReportInput): Generator<string> {
  const names = namesIn(rows())
  yield itemsCsvHead(names)
  for (const row of rows()) yield itemCsvLine(row, names)
}

/** Scores and columns of the manifest that a file has columns for. */
export interface CsvNames {
  readonly scores: readonly string[]
  readonly columns: readonly string[]
}

export const itemsCsvHead = ({ scores, columns }: CsvNames): string =>
  csvLine([
    ...['index', 'key', 'group'],
    ...columns.map((column) => `by.${column}`),
    ...['weight', 'status', 'substituted', 'problem_side', 'problem_code', 'problem_detail'],
    ...['width', 'height', 'depth', 'pixels_total', 'pixels_counted', 'pixels_ignored'],
    ...scores,
    ...['undefined', 'warnings', 'sha256_ground_truth', 'sha256_prediction'],
  ])

export function itemCsvLine(row: ItemRow, { scores, columns }: CsvNames): string {
  const { problem, pixels } = row
  return csvLine([
    ...[row.index, row.key, row.group],
    ...columns.map((column) => row.by?.[column]),
    ...[row.weight, row.status, row.substituted, problem?.side, problem?.code, problem?.detail],
    ...[row.width, row.height, row.depth, pixels.total, pixels.counted, pixels.ignored],
    ...scores.map((score) => row.scores[score]),
    Object.entries(row.reasons)
      .map(([score, reason]) => `${score}: ${reason}`)
      .join('; '),
    row.warnings.map(({ code }) => code).join(' '),
    ...row.sha256,
  ])
}

function namesIn(rows: Iterable<ItemRow>): CsvNames {
  const scores = new Set<string>()
  const columns = new Set<string>()
  for (const row of rows) {
    for (const score of Object.keys(row.scores)) scores.add(score)
    for (const column of Object.keys(row.by ?? {})) columns.add(column)
  }
  return { scores: inCatalogueOrder(scores), columns: [...columns].sort() }
}

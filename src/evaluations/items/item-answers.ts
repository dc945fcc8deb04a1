import { itemCsvLine, itemsCsvHead } from '../reports/csv/items-csv.ts'
import type { KeptRow } from '../running/row-line.ts'
import type { ColumnFile } from './column-file.ts'
import { scoreColumn } from './score-column.ts'
import { listedRow, wholeRow } from './shown-row.ts'
import { StoredRows } from './stored-rows.ts'
import { textOfRow } from './text-column.ts'
import { withColumns } from './with-columns.ts'

/** Some items of a finished run, in the order in which they are asked for. */
export interface ChosenItems {
  readonly folder: string
  readonly items: Uint32Array
}

export type LineFormat = 'csv' | 'ndjson'

/** Rows as a page shows them. */
export const listedRows = (chosen: ChosenItems) => readRows(chosen, listedRow)

/** Rows as `items.ndjson` and `items.csv` hold them. @param isFirst begins a CSV with its head */
export function rowLines(chosen: ChosenItems, format: LineFormat, isFirst: boolean): string {
  if (format === 'ndjson') return readRows(chosen, (row) => `${JSON.stringify(wholeRow(row))}\n`).join('')
  const names = withColumns(chosen.folder, ({ facts }) => ({ scores: facts.scores, columns: facts.by }))
  const lines = readRows(chosen, (row) => itemCsvLine(row, names))
  return `${isFirst ? itemsCsvHead(names) : ''}${lines.join('')}`
}

/** One item by a score of two runs. */
export interface ComparedItem {
  readonly index: number
  readonly key: string
  readonly a: number
  readonly b: number
  readonly delta: number
}

export function comparedRows(
  { a, b }: { readonly a: string; readonly b: string },
  items: Uint32Array,
  score: string,
  label: number | undefined,
): ComparedItem[] {
  return withColumns(a, (fileA) =>
    withColumns(b, (fileB) => {
      const [ofA, ofB] = [fileA, fileB].map((file) => scoreColumn(file, score, label, 'sort'))
      return Array.from(items, (index) => ({
        index,
        key: keyOf(fileA, index),
        a: ofA[index],
        b: ofB[index],
        delta: ofB[index] - ofA[index],
      }))
    }),
  )
}

const keyOf = (file: ColumnFile, index: number): string => textOfRow(file, 'key', index)

function readRows<T>({ folder, items }: ChosenItems, use: (row: KeptRow) => T): T[] {
  return withColumns(folder, (file) => {
    const rows = new StoredRows(folder, file)
    try {
      return Array.from(items, (item) => use(rows.read(item)))
    } finally {
      rows.close()
    }
  })
}

import { print } from './output.ts'

/** A printed table: what it shows, how to read it, and its cells. */
export interface Table {
  readonly title: string
  /** One sentence: what a cell is, and which direction is good. */
  readonly reading: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** A number is printed with three significant digits; `undefined` as "absent". */
export type Cell = string | number | undefined

/** The table as GitHub Markdown with aligned columns: what the terminal shows is what the docs hold. */
export function formatTable(table: Table): string {
  const cells = [table.columns, ...table.rows].map((row) => row.map(formatCell))
  const widths = table.columns.map((_, column) =>
    Math.max(3, ...cells.map((row) => (row[column] ?? '').length)),
  )
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => pad(row[column] ?? '', width, column)).join(' | ')} |`
  const rule = `|${widths.map((width, column) => (column === 0 ? `-${'-'.repeat(width)}-` : `-${'-'.repeat(width)}:`)).join('|')}|`
  const [head, ...body] = cells
  return [`### ${table.title}`, '', table.reading, '', line(head!), rule, ...body.map(line), ''].join('\n')
}

export function printTable(table: Table): void {
  print(`${formatTable(table)}\n`)
}

/** `5.2×`: how many times `reference` is of `value`. */
export function ratio(reference: number | undefined, value: number | undefined): Cell {
  return reference === undefined || value === undefined ? undefined : `${significant(reference / value)}×`
}

function formatCell(cell: Cell): string {
  if (cell === undefined) return 'absent'
  return typeof cell === 'number' ? significant(cell) : cell
}

/** Three significant digits, never an exponent, whole numbers from 100 on. */
function significant(value: number): string {
  if (!Number.isFinite(value)) return '-'
  if (Math.abs(value) >= 100) return String(Math.round(value))
  return String(Number(value.toPrecision(3)))
}

function pad(text: string, width: number, column: number): string {
  return column === 0 ? text.padEnd(width) : text.padStart(width)
}

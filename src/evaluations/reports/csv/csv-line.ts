import { visible } from '../escape.ts'

export type CsvCell = string | number | null | undefined

/**
 * One record of RFC 4180, with its line end. Numbers are exact; what is null is empty. Text that a spreadsheet would take
 * for a formula begins with an apostrophe.
 */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(csvCell).join(',')}\r\n`

function csvCell(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell === null || cell === undefined ? '' : String(cell)
  const text = visible(/^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

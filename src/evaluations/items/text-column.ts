import { GrowingColumn } from '../rows/growing-column.ts'
import type { ColumnFile, ColumnValues } from './column-file.ts'

/** No text of a column holds it: it stands between them. */
const separator = '\0'

/** The texts of rows in one run of bytes, which is searched without taking it apart. */
export class TextColumnBuilder {
  readonly #texts: string[] = []
  readonly #start = new GrowingColumn()
  #bytes = 0

  add(text: string): void {
    const clean = text.replaceAll(separator, '\uFFFD') + separator
    this.#start.push(this.#bytes)
    this.#bytes += Buffer.byteLength(clean)
    this.#texts.push(clean)
  }

  /** `name` holds the bytes, `name.start` where each text begins. */
  columns(name: string): [string, ColumnValues][] {
    const bytes = new Uint8Array(this.#bytes)
    let at = 0
    for (const text of this.#texts) at += new TextEncoder().encodeInto(text, bytes.subarray(at)).written
    return [
      [name, bytes],
      [`${name}.start`, this.#start.values],
    ]
  }
}

/** Rows whose text holds `part`, ascending. */
export function rowsThatHold(file: ColumnFile, name: string, part: string): Uint32Array {
  const bytes = Buffer.from(file.read(name).buffer)
  const start = file.read(`${name}.start`)
  if (part === '') return Uint32Array.from(start, (_, row) => row)
  if (part.includes(separator)) return new Uint32Array(0)
  const needle = Buffer.from(part)
  const rows: number[] = []
  let row = 0
  for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, start[row] ?? bytes.length)) {
    while (row < start.length && start[row] <= at) row++
    rows.push(row - 1)
  }
  return Uint32Array.from(rows)
}

/** The number that a text has among those of a list, from 1 on; 0: it is not there. */
export function numberOfText(file: ColumnFile, name: string, text: string): number {
  const bytes = Buffer.from(file.read(name).buffer)
  const list = bytes.toString().split(separator)
  return list.indexOf(text) + 1
}

/** The text of one row. */
export function textOfRow(file: ColumnFile, name: string, row: number): string {
  const [start] = file.read(`${name}.start`, row, 1)
  const rows = file.lengthOf(`${name}.start`)
  const end = row + 1 < rows ? file.read(`${name}.start`, row + 1, 1)[0] : file.lengthOf(name)
  return Buffer.from(file.read(name, start, end - start - 1).buffer).toString()
}

import { closeSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'
import { openKept, parseKept } from '../running/kept-json.ts'
import type { KeptRow } from '../running/row-line.ts'
import type { ColumnFile } from './column-file.ts'

/** The rows of a finished run, by their places in the manifest, out of the files in which they were scored. */
export class StoredRows {
  readonly #folder: string
  readonly #columns: ColumnFile
  readonly #files = new Map<number, number>()

  constructor(folder: string, columns: ColumnFile) {
    this.#folder = folder
    this.#columns = columns
  }

  /** @throws Refusal RESULTS_DAMAGED */
  read(item: number): KeptRow {
    return parseKept(this.line(item).toString(), `of the row of item ${item}`)
  }

  /** The line of a row, its end included. */
  line(item: number): Buffer {
    const [file] = this.#columns.read('file', item, 1)
    const [start] = this.#columns.read('start', item, 1)
    const [bytes] = this.#columns.read('bytes', item, 1)
    const line = Buffer.allocUnsafe(bytes)
    for (let done = 0; done < bytes; ) {
      const read = readSync(this.#open(file), line, done, bytes - done, start + done)
      if (read === 0) throw new Refusal('RESULTS_DAMAGED', `The row of item ${item} is cut off.`)
      done += read
    }
    return line
  }

  close(): void {
    for (const file of this.#files.values()) closeSync(file)
    this.#files.clear()
  }

  #open(number: number): number {
    const known = this.#files.get(number)
    if (known !== undefined) return known
    if (this.#files.size >= maxOpen) this.close()
    const file = openKept(resolve(this.#folder, this.#columns.facts.files[number]))
    this.#files.set(number, file)
    return file
  }
}

/** A page of items may be spread over all shards of a run. */
const maxOpen = 64

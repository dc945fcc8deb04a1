import { readSync, writeSync } from 'node:fs'
import type { ItemRow, JointTriple } from '../rows/item-row.ts'
import type { KeptRow } from './row-line.ts'

const lineEnd = 0x0a
/** Rows are read back in pieces of so many bytes. */
const windowBytes = 2 ** 20

/** Only lines that hold it may have a joint table. */
const jointName = '"joint_table":'

const withoutJoint = ({ joint_table: _, ...row }: KeptRow): ItemRow => row

/**
 * The rows of a run in a file, one a line, in the order in which threads answered them. They are read back in the order of
 * the manifest, one at a time: a run of a million items does not hold its rows in memory.
 */
export class KeptRows {
  readonly #file: number
  /** Index of the first item. */
  readonly #first: number
  /** Where the line of each item begins; −1: there is none yet. */
  readonly #start: Float64Array
  readonly #bytes: Uint32Array
  #size: number
  #window: Buffer | undefined
  #windowStart = 0
  #windowEnd = 0

  /**
   * @param file open for reading and writing, `size` bytes long
   * @param items that have rows, from `first` on
   */
  constructor(file: number, items: number, size = 0, first = 0) {
    this.#file = file
    this.#first = first
    this.#start = new Float64Array(items).fill(-1)
    this.#bytes = new Uint32Array(items)
    this.#size = size
  }

  has(index: number): boolean {
    return this.#start[index - this.#first] !== -1
  }

  /** Says where the file already holds the row of an item, of several the last; −1: nowhere. */
  place(index: number, start: number, bytes: number): void {
    this.#start[index - this.#first] = start
    this.#bytes[index - this.#first] = bytes
  }

  /** Writes the lines of items behind all others. */
  append(items: readonly { readonly index: number }[], lines: Uint8Array): void {
    for (let done = 0; done < lines.length; )
      done += writeSync(this.#file, lines, done, lines.length - done, this.#size + done)
    let start = 0
    for (const { index } of items) {
      const end = lines.indexOf(lineEnd, start) + 1
      this.place(index, this.#size + start, end - start)
      start = end
    }
    this.#size += lines.length
  }

  /** The line of each item, its end included, in manifest order; what was not scored is passed over. */
  *lines(): Generator<Buffer> {
    for (let place = 0; place < this.#start.length; place++)
      if (this.#start[place] !== -1) yield this.#read(this.#start[place], this.#bytes[place])
  }

  /**
   * The same lines one behind the other, in pieces that end anywhere.
   * @param room that the pieces are parts of: each holds until the next is asked for
   */
  *pieces(room: Buffer): Generator<Buffer> {
    let filled = 0
    for (const { start, bytes } of this.#stretches())
      for (let done = 0; done < bytes; ) {
        const part = room.subarray(filled, filled + bytes - done)
        this.#fill(part, start + done, part.length)
        done += part.length
        filled += part.length
        if (filled < room.length) continue
        yield room
        filled = 0
      }
    yield room.subarray(0, filled)
  }

  *kept(): Generator<KeptRow> {
    for (const line of this.lines()) yield JSON.parse(line.toString())
  }

  *rows(): Generator<ItemRow> {
    for (const row of this.kept()) yield withoutJoint(row)
  }

  /** The rows as lines of text, their ends included. */
  *texts(): Generator<string> {
    for (const line of this.lines()) {
      const text = line.toString()
      yield line.includes(jointName) ? `${JSON.stringify(withoutJoint(JSON.parse(text)))}\n` : text
    }
  }

  /** The joint tables that were too long for their rows. */
  *joints(): Generator<readonly JointTriple[]> {
    for (const line of this.lines()) {
      if (!line.includes(jointName)) continue
      const { joint_table }: KeptRow = JSON.parse(line.toString())
      if (joint_table) yield joint_table
    }
  }

  /** What lies in the file in manifest order. */
  *#stretches(): Generator<{ readonly start: number; readonly bytes: number }> {
    let [start, bytes] = [0, 0]
    for (let place = 0; place < this.#start.length; place++) {
      const next = this.#start[place]
      if (next === -1) continue
      if (next !== start + bytes) {
        yield { start, bytes }
        ;[start, bytes] = [next, 0]
      }
      bytes += this.#bytes[place]
    }
    yield { start, bytes }
  }

  #read(start: number, bytes: number): Buffer {
    if (bytes > windowBytes) return this.#fill(Buffer.allocUnsafe(bytes), start, bytes)
    this.#window ??= Buffer.allocUnsafe(windowBytes)
    if (start < this.#windowStart || start + bytes > this.#windowEnd) {
      const length = Math.min(windowBytes, this.#size - start)
      this.#fill(this.#window, start, length)
      this.#windowStart = start
      this.#windowEnd = start + length
    }
    return this.#window.subarray(start - this.#windowStart, start - this.#windowStart + bytes)
  }

  #fill(buffer: Buffer, start: number, length: number): Buffer {
    for (let done = 0; done < length; ) {
      const read = readSync(this.#file, buffer, done, length - done, start + done)
      if (read === 0) throw new Error('the file of rows is shorter than what was written to it')
      done += read
    }
    return buffer
  }
}

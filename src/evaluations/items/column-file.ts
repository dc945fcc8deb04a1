import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, writeSync } from 'node:fs'
import { Refusal } from '../../problems/refusal.ts'
import { openKept } from '../running/kept-json.ts'

/** Numbers of one column: whole numbers of 8, 16 or 32 bits, or doubles. Files hold them as this machine does: little endian. */
export type ColumnValues = Uint8Array | Uint16Array | Uint32Array | Float64Array

/** What is known of the rows beside their numbers. */
export interface ColumnFacts {
  readonly items: number
  /** Files of the rows, relative to the folder of the columns. */
  readonly files: readonly string[]
  /** Scores that any row has, in the order of the catalogue. */
  readonly scores: readonly string[]
  /** Columns of the manifest that rows tell, sorted. */
  readonly by: readonly string[]
  /** Codes of problems, as `code` counts them from 1 on. */
  readonly codes: readonly string[]
  /** Whether labels mean the same in every image, so that rows tell of classes. */
  readonly hasClasses: boolean
}

interface ColumnPlace {
  readonly name: string
  readonly type: keyof typeof arrays
  readonly length: number
  readonly offset: number
}

interface Header extends ColumnFacts {
  readonly columns: readonly ColumnPlace[]
}

const magic = Buffer.from('MSKCOL1\n')
const preludeBytes = 16
const alignment = 8
const arrays = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const

/** Writes columns whole, to the disk itself, and renames the file into its place. */
export function writeColumns(
  path: string,
  facts: ColumnFacts,
  columns: ReadonlyMap<string, ColumnValues>,
): void {
  let offset = 0
  const places = [...columns].map(([name, values]): ColumnPlace => {
    const place = { name, type: typeOf(values), length: values.length, offset }
    offset += aligned(values.byteLength)
    return place
  })
  const text = Buffer.from(JSON.stringify({ ...facts, columns: places } satisfies Header))
  const header = Buffer.concat([text, Buffer.alloc(aligned(text.length) - text.length, ' ')])
  const prelude = Buffer.alloc(preludeBytes)
  magic.copy(prelude)
  prelude.writeUInt32LE(header.length, magic.length)
  const fresh = `${path}.new`
  const file = openSync(fresh, 'w', 0o600)
  try {
    let at = writeAll(file, prelude, 0)
    at = writeAll(file, header, at)
    for (const values of columns.values()) {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
      writeAll(file, bytes, at)
      at = writeAll(file, Buffer.alloc(aligned(bytes.length) - bytes.length), at + bytes.length)
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(fresh, path)
}

/** Columns of a finished run, of which only those that are asked for are read. */
export class ColumnFile {
  readonly facts: ColumnFacts
  readonly #file: number
  readonly #places: ReadonlyMap<string, ColumnPlace>
  readonly #start: number

  /** @throws Refusal RESULTS_DAMAGED */
  constructor(path: string) {
    this.#file = openKept(path)
    try {
      const prelude = this.#bytes(0, preludeBytes)
      if (!prelude.subarray(0, magic.length).equals(magic)) throw damaged()
      const length = prelude.readUInt32LE(magic.length)
      if (length > fstatSync(this.#file).size) throw damaged()
      const { columns, ...facts }: Header = JSON.parse(this.#bytes(preludeBytes, length).toString())
      this.facts = facts
      this.#places = new Map(columns.map((place) => [place.name, place]))
      this.#start = preludeBytes + length
    } catch (error) {
      closeSync(this.#file)
      throw error instanceof SyntaxError ? damaged() : error
    }
  }

  lengthOf(name: string): number {
    return this.#place(name).length
  }

  /** `count` numbers from the one at `first` on; without both the whole column. */
  read(name: string, first = 0, count?: number): ColumnValues {
    const place = this.#place(name)
    const values = arrays[place.type]
    const length = count ?? place.length - first
    if (first < 0 || first + length > place.length) throw new RangeError(`column ${name} is shorter`)
    const size = values.BYTES_PER_ELEMENT
    const bytes = this.#bytes(this.#start + place.offset + first * size, length * size)
    return new values(bytes.buffer, bytes.byteOffset, length)
  }

  close(): void {
    closeSync(this.#file)
  }

  #place(name: string): ColumnPlace {
    const place = this.#places.get(name)
    if (!place) throw new Error(`there is no column ${name}`)
    return place
  }

  #bytes(position: number, length: number): Buffer<ArrayBuffer> {
    // Not of the pool of small buffers, whose parts begin anywhere.
    const bytes = Buffer.from(new ArrayBuffer(length))
    for (let done = 0; done < length; ) {
      const read = readSync(this.#file, bytes, done, length - done, position + done)
      if (read === 0) throw damaged()
      done += read
    }
    return bytes
  }
}

const damaged = () => new Refusal('RESULTS_DAMAGED', 'The columns of the run are damaged.')

const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment

function typeOf(values: ColumnValues): ColumnPlace['type'] {
  if (values instanceof Uint8Array) return 'u8'
  if (values instanceof Uint16Array) return 'u16'
  return values instanceof Uint32Array ? 'u32' : 'f64'
}

/** @return the position behind what was written */
function writeAll(file: number, bytes: Uint8Array, position: number): number {
  for (let done = 0; done < bytes.length; )
    done += writeSync(file, bytes, done, bytes.length - done, position + done)
  return position + bytes.length
}

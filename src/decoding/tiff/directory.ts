import { Refusal } from '../../problems/refusal.ts'
import { tags } from './tags.ts'

/** How numbers are written in a TIFF: its byte order, and offsets of 32 or 64 bits. */
export interface Flavour {
  readonly little: boolean
  /** BigTIFF. */
  readonly big: boolean
}

/** One tag: where its entry and its values lie in the file. */
export interface Entry {
  readonly tag: number
  readonly type: number
  readonly count: number
  readonly valuesAt: number
}

/** One image file directory: a page. */
export interface Directory {
  /** The known tags. */
  readonly entries: ReadonlyMap<number, Entry>
  /** Its offset. */
  readonly at: number
  /** Offset of the next directory; 0 after the last. */
  readonly next: number
}

/** Bytes of one value by field type, for the types that hold integers: BYTE, SHORT, LONG, LONG8 and their kin. */
const integerSizes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8 }
/** Bytes of one value by field type, for all types. */
const sizes: Readonly<Record<number, number>> = {
  ...integerSizes,
  2: 1,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  17: 8,
}
/** Tags that are read; the others of a directory are not kept. */
const known: ReadonlySet<number> = new Set(Object.values(tags))
/** Tags of a page; real files have below 60, whole-slide scanners some hundreds. */
const maxEntries = 4096

/** Reads a TIFF's directories by offset. Source: TIFF 6.0, and the BigTIFF extension of libtiff. */
export class TiffFile {
  readonly #view: DataView
  readonly flavour: Flavour
  readonly length: number

  /** @param bytes a file whose first four bytes are a TIFF mark */
  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.length = bytes.length
    const little = bytes[0] === 0x49
    this.flavour = { little, big: bytes[little ? 2 : 3] === 43 }
    if (this.length < this.headerBytes)
      throw new Refusal('TRUNCATED', `The TIFF ends at byte ${this.length}, within its header.`)
    if (this.flavour.big && (this.#short(4) !== 8 || this.#short(6) !== 0))
      throw new Refusal('CORRUPT', `The BigTIFF header gives offsets of ${this.#short(4)} bytes, not 8.`)
  }

  get headerBytes(): number {
    return this.flavour.big ? 16 : 8
  }

  /** Where the offset of the first directory is written. */
  get firstAt(): number {
    return this.flavour.big ? 8 : 4
  }

  /** The directory at `offset`. @throws Refusal TRUNCATED or CORRUPT when there is none */
  directory(offset: number): Directory {
    const { big } = this.flavour
    const [countBytes, entryBytes, offsetBytes] = big ? [8, 20, 8] : [2, 12, 4]
    if (offset < this.headerBytes)
      throw new Refusal('CORRUPT', `The TIFF places a page's directory at byte ${offset}, in its header.`)
    this.#within(offset, countBytes, 'The directory')
    const count = big ? this.#offset(offset) : this.#short(offset)
    if (count === 0 || count > maxEntries)
      throw new Refusal('CORRUPT', `The TIFF directory at byte ${offset} claims ${count} tags.`)
    const first = offset + countBytes
    const nextAt = first + count * entryBytes
    this.#within(first, count * entryBytes + offsetBytes, 'The directory')
    const entries = new Map<number, Entry>()
    for (let at = first; at < nextAt; at += entryBytes) {
      const entry = this.#entry(at)
      // Of a repeated tag the first counts, as in libtiff.
      if (known.has(entry.tag) && !entries.has(entry.tag)) entries.set(entry.tag, entry)
    }
    return { entries, at: offset, next: this.#offset(nextAt) }
  }

  /** Offset of the first directory. */
  first(): number {
    return this.#offset(this.firstAt)
  }

  /** The first `maxBytes` of an entry that holds text, one character a byte; empty when it lies outside of the file. */
  text({ type, count, valuesAt }: Entry, maxBytes: number): string {
    const length = Math.min(count, maxBytes)
    if (sizes[type] !== 1 || valuesAt + length > this.length) return ''
    return String.fromCharCode(...new Uint8Array(this.#view.buffer, this.#view.byteOffset + valuesAt, length))
  }

  /** Value `i` of an entry that holds unsigned integers. @throws Refusal CORRUPT or TRUNCATED when it has none */
  value({ tag, type, count, valuesAt }: Entry, i: number): number {
    const size = integerSizes[type]
    if (size === undefined || i >= count)
      throw new Refusal(
        'CORRUPT',
        `TIFF tag ${tag} has no integer number ${i + 1} (type ${type}, ${count} values).`,
      )
    const at = valuesAt + i * size
    this.#within(at, size, `Tag ${tag}`)
    switch (size) {
      case 1:
        return this.#view.getUint8(at)
      case 2:
        return this.#short(at)
      case 4:
        return this.#view.getUint32(at, this.flavour.little)
      default:
        return this.#long8(at)
    }
  }

  /** The first fraction of an entry that holds such; 0 for any other, and one that lies outside of the file. */
  rational({ type, count, valuesAt }: Entry): number {
    if (type !== 5 || count < 1 || valuesAt + 8 > this.length) return 0
    const { little } = this.flavour
    return this.#view.getUint32(valuesAt, little) / this.#view.getUint32(valuesAt + 4, little)
  }

  #entry(at: number): Entry {
    const { big, little } = this.flavour
    const type = this.#short(at + 2)
    const count = big ? this.#long8(at + 4) : this.#view.getUint32(at + 4, little)
    const inlineAt = at + (big ? 12 : 8)
    const inline = count * (sizes[type] ?? 1) <= (big ? 8 : 4)
    return {
      tag: this.#short(at),
      type,
      count,
      valuesAt: inline ? inlineAt : this.#offset(inlineAt),
    }
  }

  #offset(at: number): number {
    return this.flavour.big ? this.#long8(at) : this.#view.getUint32(at, this.flavour.little)
  }

  #short(at: number): number {
    return this.#view.getUint16(at, this.flavour.little)
  }

  /** Offsets past 2^53 lose their last bits, but they are past every file's end all the same. */
  #long8(at: number): number {
    return Number(this.#view.getBigUint64(at, this.flavour.little))
  }

  #within(at: number, bytes: number, what: string): void {
    if (at + bytes > this.length)
      throw new Refusal(
        'TRUNCATED',
        `${what} of the TIFF lies at byte ${at}, but the file ends at byte ${this.length}.`,
      )
  }
}

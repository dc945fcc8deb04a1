import { blocksOfPlane } from './blocks.ts'
import type { TiffFile } from './directory.ts'
import type { TiffPage } from './page.ts'
import { type Field, fieldTypes, plainFields, type View } from './plain-fields.ts'

const maxFields = 20

/**
 * A copy of a TIFF for the decoder. Behind the file lies one directory, written anew for every page that is shown: see
 * `plainFields`. All that the file itself says of its pages is out of the decoder's reach.
 */
export class PlainCopy {
  readonly file: TiffFile
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #start: number

  /** @param pages those that will be shown, which `refuseMissingBlocks` has let pass */
  constructor(bytes: Uint8Array, file: TiffFile, pages: readonly TiffPage[]) {
    this.file = file
    // Directories start at even offsets.
    this.#start = bytes.length + (bytes.length & 1)
    const blocks = pages.reduce((max, page) => Math.max(max, blocksOfPlane(file, page)), 0)
    // An entry has 20 bytes at most, and 8 beside where its up to four values do not fit it; blocks have two lists.
    this.#bytes = new Uint8Array(this.#start + 16 + maxFields * 28 + 2 * blocks * 8)
    this.#bytes.set(bytes)
    this.#view = new DataView(this.#bytes.buffer)
  }

  /** The copy with this page as its only one. It is the same memory every time: decode it before showing the next. */
  show(page: TiffPage, view: View): Uint8Array {
    this.#write(plainFields(this.file, page, view))
    return this.#bytes
  }

  #write(fields: readonly Field[]): void {
    const { big } = this.file.flavour
    const [countBytes, entryBytes, wordBytes] = big ? [8, 20, 8] : [2, 12, 4]
    this.#put(this.file.firstAt, this.#start, wordBytes)
    this.#put(this.#start, fields.length, countBytes)
    let at = this.#start + countBytes
    const end = at + fields.length * entryBytes
    this.#put(end, 0, wordBytes)
    let free = end + wordBytes
    for (const { tag, type, values } of fields) {
      const size = type === fieldTypes.short ? 2 : type === fieldTypes.long ? 4 : 8
      const inline = values.length * size <= wordBytes
      const inlineAt = at + 4 + wordBytes
      this.#put(at, tag, 2)
      this.#put(at + 2, type, 2)
      this.#put(at + 4, values.length, wordBytes)
      this.#put(inlineAt, inline ? 0 : free, wordBytes)
      values.forEach((value, i) => {
        this.#put((inline ? inlineAt : free) + i * size, value, size)
      })
      if (!inline) free += values.length * size
      at += entryBytes
    }
  }

  #put(at: number, value: number, size: number): void {
    const { little } = this.file.flavour
    if (size === 2) this.#view.setUint16(at, value, little)
    else if (size === 4) this.#view.setUint32(at, value, little)
    else this.#view.setBigUint64(at, BigInt(value), little)
  }
}

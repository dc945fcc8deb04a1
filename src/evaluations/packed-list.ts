import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** So many values are packed together. */
const blockSize = 512

/**
 * A list that grows, of values that JSON can tell, packed: neighbours are much alike, so that a million items with their paths
 * take some tens of megabytes. Meant to be read in order; a value alone costs the unpacking of its neighbours.
 */
export class PackedList<T> implements Iterable<T> {
  readonly #blocks: Uint8Array[] = []
  /** Values behind those of the blocks. */
  #last: T[] = []
  /** The block that was read last. */
  #open: { readonly block: number; readonly values: readonly T[] } | undefined

  static from<T>(values: Iterable<T>): PackedList<T> {
    const list = new PackedList<T>()
    for (const value of values) list.push(value)
    return list
  }

  get length(): number {
    return this.#blocks.length * blockSize + this.#last.length
  }

  push(value: T): void {
    this.#last.push(value)
    if (this.#last.length < blockSize) return
    // A copy: what zlib answers may be a small part of larger memory.
    this.#blocks.push(new Uint8Array(deflateRawSync(JSON.stringify(this.#last), { level: 1 })))
    this.#last = []
  }

  /** @param index from 0 on */
  at(index: number): T | undefined {
    if (index < 0) return undefined
    return this.#values(Math.floor(index / blockSize))[index % blockSize]
  }

  *[Symbol.iterator](): Generator<T> {
    for (let block = 0; block * blockSize < this.length; block++) yield* this.#values(block)
  }

  #values(block: number): readonly T[] {
    if (block >= this.#blocks.length) return block === this.#blocks.length ? this.#last : []
    if (this.#open?.block !== block)
      this.#open = { block, values: JSON.parse(inflateRawSync(this.#blocks[block]).toString()) }
    return this.#open.values
  }
}

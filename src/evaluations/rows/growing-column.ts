/**
 * A list of numbers that grows: 4 bytes each while all are integers from 0 to 2^32 − 1, else 8.
 * A million rows of a dataset are held in such columns. Their memory is shared with threads that are handed them, not copied.
 */
export class GrowingColumn {
  #values: Uint32Array | Float64Array = integers(64)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow()
    if (this.#values instanceof Uint32Array && value >>> 0 !== value)
      this.#values = copied(this.#values, fractions(this.#values.length))
    this.#values[this.#length++] = value
  }

  /** The numbers so far, as a view. */
  get values(): Uint32Array | Float64Array {
    return this.#values.subarray(0, this.#length)
  }

  #grow(): void {
    const size = 2 * this.#values.length
    const isWhole = this.#values instanceof Uint32Array
    this.#values = copied(this.#values, isWhole ? integers(size) : fractions(size))
  }
}

const integers = (size: number) =>
  new Uint32Array(new SharedArrayBuffer(size * Uint32Array.BYTES_PER_ELEMENT))
const fractions = (size: number) =>
  new Float64Array(new SharedArrayBuffer(size * Float64Array.BYTES_PER_ELEMENT))

function copied<Numbers extends Uint32Array | Float64Array>(
  from: Uint32Array | Float64Array,
  to: Numbers,
): Numbers {
  to.set(from)
  return to
}

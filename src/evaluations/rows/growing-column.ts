/**
 * A list of numbers that grows: 4 bytes each while all are integers from 0 to 2^32 − 1, else 8.
 * A million rows of a dataset are held in such columns.
 */
export class GrowingColumn {
  #values: Uint32Array | Float64Array = new Uint32Array(64)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow()
    if (this.#values instanceof Uint32Array && value >>> 0 !== value)
      this.#values = Float64Array.from(this.#values)
    this.#values[this.#length++] = value
  }

  /** The numbers so far, as a view. */
  get values(): Uint32Array | Float64Array {
    return this.#values.subarray(0, this.#length)
  }

  #grow(): void {
    const size = 2 * this.#values.length
    const grown = this.#values instanceof Uint32Array ? new Uint32Array(size) : new Float64Array(size)
    grown.set(this.#values)
    this.#values = grown
  }
}

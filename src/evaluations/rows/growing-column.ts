/** Numbers of one size, the smallest that holds them. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array

/** Room for so many numbers, shared with threads that are handed it. */
const kinds = [
  (size: number): Numbers => new Uint8Array(new SharedArrayBuffer(size)),
  (size: number): Numbers => new Uint16Array(new SharedArrayBuffer(2 * size)),
  (size: number): Numbers => new Uint32Array(new SharedArrayBuffer(4 * size)),
  (size: number): Numbers => new Float64Array(new SharedArrayBuffer(8 * size)),
] as const

/**
 * A list of numbers that grows: 1, 2 or 4 bytes each while all are integers from 0 to 2^8 − 1, 2^16 − 1 or 2^32 − 1, else 8.
 * A million rows of a dataset are held in such columns. Their memory is shared with threads that are handed them, not copied.
 */
export class GrowingColumn {
  #room: number
  #kind = 0
  #values: Numbers = kinds[0](0)
  #length = 0

  /** @param room for so many numbers: what is not used is no memory yet, and what need not grow leaves nothing behind */
  constructor(room = 64) {
    this.#room = Math.max(1, room)
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#copyTo(this.#kind, Math.max(this.#room, 2 * this.#length))
    this.#values[this.#length] = value
    if (this.#values[this.#length] !== value && !Number.isNaN(this.#values[this.#length])) {
      this.#copyTo(kindOf(value), this.#values.length)
      this.#values[this.#length] = value
    }
    this.#length++
  }

  /** Makes room for so many numbers when the column grows next: growing step by step would leave its earlier sizes behind. */
  expect(numbers: number): void {
    this.#room = Math.max(1, numbers)
  }

  /** The numbers so far, as a view. */
  get values(): Numbers {
    return this.#values.subarray(0, this.#length)
  }

  #copyTo(kind: number, size: number): void {
    const values = kinds[kind](size)
    values.set(this.#values.subarray(0, this.#length))
    this.#values = values
    this.#kind = kind
  }
}

function kindOf(value: number): number {
  if (value >>> 0 !== value) return 3
  return value < 2 ** 8 ? 0 : value < 2 ** 16 ? 1 : 2
}

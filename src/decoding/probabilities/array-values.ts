import type { StoredNumbers } from '../integral-labels.ts'
import { divisors, type StoredArray } from './stored-array.ts'

/** Writes `count` stored values, `step` items apart and from item `first` on, into `out` from `at` on. */
export type ValueReader = (first: number, step: number, count: number, out: Float64Array, at: number) => void

/** How the stored items of an array are read as numbers: integers as parts of their largest value. */
export function valueReader({ items, type }: StoredArray): ValueReader {
  if (items instanceof Float32Array) return fromFloat32(items)
  if (items instanceof Float64Array) return fromFloat64(items)
  if (items instanceof Float16Array) {
    const bits = new Uint16Array(items.buffer, items.byteOffset, items.length)
    return fromTable(bits, halfFloats())
  }
  if (items instanceof Uint8Array || items instanceof Uint16Array) {
    const values = Float64Array.from(
      { length: 2 ** (8 * items.BYTES_PER_ELEMENT) },
      (_, k) => k / divisors[type],
    )
    return fromTable(items, values)
  }
  throw new Error(`an array of ${nameOf(items)} holds no probabilities`)
}

const nameOf = (items: StoredNumbers) => items.constructor.name

const fromFloat32 =
  (items: Float32Array): ValueReader =>
  (first, step, count, out, at) => {
    for (let k = 0, from = first; k < count; k++, from += step) out[at + k] = items[from]
  }

const fromFloat64 =
  (items: Float64Array): ValueReader =>
  (first, step, count, out, at) => {
    for (let k = 0, from = first; k < count; k++, from += step) out[at + k] = items[from]
  }

const fromTable =
  (codes: Uint8Array | Uint16Array, values: Float64Array): ValueReader =>
  (first, step, count, out, at) => {
    for (let k = 0, from = first; k < count; k++, from += step) out[at + k] = values[codes[from]]
  }

let knownHalves: Float64Array | undefined

/** The value of each of the 65,536 half floats: looking one up is several times as fast as converting it. */
function halfFloats(): Float64Array {
  knownHalves ??= Float64Array.from(
    new Float16Array(Uint16Array.from({ length: 65_536 }, (_, k) => k).buffer),
  )
  return knownHalves
}

import type { LabelArray } from '../labels/label-map.ts'
import { Refusal } from '../problems/refusal.ts'
import type { ReadSettings } from './read-options.ts'

/** Numbers as an array file stores them. */
export type StoredNumbers =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float16Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array

const maxUint32 = 0xffffffff
const maxInt32 = 0x7fffffff
/** Above 2^11 (2^24, 2^53) not every integer has a float16 (float32, float64) of its own: a label may have been rounded. */
function maxExact(values: StoredNumbers): number {
  if (values instanceof Float16Array) return 2 ** 11
  return values instanceof Float32Array ? 2 ** 24 : maxUint32
}

/**
 * Stored numbers as labels: unsigned ones as they are, the others when every one is an integer in range.
 * Signed types without a negative value become the unsigned type of their width; with negative values and
 * `negative: "keep"`, int32.
 * @throws Refusal NEGATIVE_LABEL, NON_INTEGER_LABEL, LABEL_OUT_OF_RANGE, naming the first such pixel
 */
export function integralLabels(
  values: StoredNumbers,
  negative: ReadSettings['negative'],
  nameOf: (i: number) => string,
): LabelArray {
  if (values instanceof Uint8Array || values instanceof Uint16Array || values instanceof Uint32Array)
    return values
  const { min, max, minAt, maxAt } = extremes(values, nameOf)
  if (min < 0 && negative === 'reject')
    throw new Refusal(
      'NEGATIVE_LABEL',
      `The value of ${nameOf(minAt)} is ${values[minAt]}. Set \`negative\` to "keep" to take negative values as labels.`,
    )
  const maxLabel = min < 0 ? Math.min(maxInt32, maxExact(values)) : maxExact(values)
  const minLabel = Math.max(-maxInt32 - 1, -maxExact(values))
  if (max > maxLabel || min < minLabel) {
    const at = max > maxLabel ? maxAt : minAt
    throw new Refusal(
      'LABEL_OUT_OF_RANGE',
      `The value of ${nameOf(at)} is ${values[at]}; labels of this kind of file go from ${min < 0 ? minLabel : 0} to ${maxLabel}.`,
    )
  }
  return min < 0 ? asInt32(values) : asUnsigned(values)
}

interface Extremes {
  readonly min: number
  readonly minAt: number
  readonly max: number
  readonly maxAt: number
}

function extremes(
  values: Exclude<StoredNumbers, LabelArray> | Int32Array,
  nameOf: (i: number) => string,
): Extremes {
  let min = 0
  let minAt = 0
  let max = 0
  let maxAt = 0
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i])
    // Rounding a 64-bit integer keeps it on its side of every bound checked here.
    if (!Number.isInteger(value)) throw notInteger(value, nameOf(i))
    if (value < min) {
      min = value
      minAt = i
    }
    if (value > max) {
      max = value
      maxAt = i
    }
  }
  return { min, minAt, max, maxAt }
}

function notInteger(value: number, name: string): Refusal {
  const refusal = new Refusal('NON_INTEGER_LABEL', `The value of ${name} is ${value}; labels are integers.`)
  return value > 0 && value < 1
    ? refusal.advising(
        'If these are probabilities, set `probabilities` to {} in the options of this side, or save the mask that a threshold makes of them, e.g. `(arr > 0.5).astype("uint8")`.',
      )
    : refusal
}

function asInt32(values: StoredNumbers): Int32Array {
  if (values instanceof Int32Array) return values
  const labels = new Int32Array(values.length)
  for (let i = 0; i < labels.length; i++) labels[i] = Number(values[i])
  return labels
}

/** The unsigned view of integers that hold no negative one; other types widen or narrow to uint32. */
function asUnsigned(values: StoredNumbers): LabelArray {
  if (values instanceof Int8Array) return new Uint8Array(values.buffer, values.byteOffset, values.length)
  if (values instanceof Int16Array) return new Uint16Array(values.buffer, values.byteOffset, values.length)
  if (values instanceof Int32Array) return new Uint32Array(values.buffer, values.byteOffset, values.length)
  const labels = new Uint32Array(values.length)
  for (let i = 0; i < labels.length; i++) labels[i] = Number(values[i])
  return labels
}

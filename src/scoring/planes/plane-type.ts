import { minLabel } from '../../labels/label-range.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { Plane } from './plane.ts'

/** A type of NumPy, and what holds its items. */
export interface PlaneType {
  readonly descr: '|u1' | '<u2' | '<u4' | '<i4' | '<f4' | '<f8'
  readonly bytes: number
  readonly array: new (
    buffer: ArrayBuffer,
    byteOffset: number,
  ) => { set(values: ArrayLike<number>, offset: number): void }
}

const types: readonly PlaneType[] = [
  { descr: '|u1', bytes: 1, array: Uint8Array },
  { descr: '<u2', bytes: 2, array: Uint16Array },
  { descr: '<u4', bytes: 4, array: Uint32Array },
]
const signed: PlaneType = { descr: '<i4', bytes: 4, array: Int32Array }
export const float32: PlaneType = { descr: '<f4', bytes: 4, array: Float32Array }
const bits: PlaneType = { descr: '<f8', bytes: 8, array: Float64Array }

/**
 * The smallest type that holds every plane as its file stores it.
 * @throws Refusal LABEL_OUT_OF_RANGE where one mask has negative labels and the other labels above 2^31 − 1
 */
export function commonType(planes: readonly Plane[]): PlaneType {
  const arrays = planes.map(({ values }) => values)
  if (arrays.some((values) => values instanceof Float64Array)) return bits
  const widest = Math.max(...arrays.map(({ BYTES_PER_ELEMENT }) => BYTES_PER_ELEMENT))
  if (!arrays.some((values) => values instanceof Int32Array))
    return types.find(({ bytes }) => bytes === widest) as PlaneType
  for (const values of arrays)
    if (values instanceof Uint32Array && values.some((label) => label >= -minLabel))
      throw refuseField(
        'LABEL_OUT_OF_RANGE',
        '/options/planes',
        'One plane has negative labels and another labels above 2147483647: no integer type of 32 bits holds both. Ask for one at a time.',
      )
  return signed
}

import { Refusal } from '../../problems/refusal.ts'
import type { StoredNumbers } from '../integral-labels.ts'

export interface ItemType {
  /** As it appears in the encoding: `bool`, `uint8`, … */
  readonly name: string
  readonly bytes: number
  readonly bigEndian: boolean
  readonly view: (buffer: ArrayBuffer) => StoredNumbers
}

const types: Readonly<Record<string, Pick<ItemType, 'name' | 'view'>>> = {
  b1: { name: 'bool', view: (buffer) => new Uint8Array(buffer) },
  u1: { name: 'uint8', view: (buffer) => new Uint8Array(buffer) },
  i1: { name: 'int8', view: (buffer) => new Int8Array(buffer) },
  u2: { name: 'uint16', view: (buffer) => new Uint16Array(buffer) },
  i2: { name: 'int16', view: (buffer) => new Int16Array(buffer) },
  u4: { name: 'uint32', view: (buffer) => new Uint32Array(buffer) },
  i4: { name: 'int32', view: (buffer) => new Int32Array(buffer) },
  u8: { name: 'uint64', view: (buffer) => new BigUint64Array(buffer) },
  i8: { name: 'int64', view: (buffer) => new BigInt64Array(buffer) },
  f2: { name: 'float16', view: (buffer) => new Float16Array(buffer) },
  f4: { name: 'float32', view: (buffer) => new Float32Array(buffer) },
  f8: { name: 'float64', view: (buffer) => new Float64Array(buffer) },
}

/** The item type of a NumPy type string such as `<u2`. @throws Refusal UNSUPPORTED_PIXEL_FORMAT */
export function itemType(descr: string): ItemType {
  const type = /^[<>|=]/.test(descr) ? types[descr.slice(1)] : undefined
  if (type === undefined)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The .npy file is of type ${descr}. Save the labels as integers, e.g. with \`.astype("uint32")\`.`,
    )
  return { ...type, bytes: Number(descr[2]), bigEndian: descr[0] === '>' }
}

/** Copies `count` items from `start`, in the machine's byte order. The bytes must be there. */
export function readItems(bytes: Uint8Array, start: number, count: number, type: ItemType): StoredNumbers {
  // A copy, because a view needs an aligned offset and the upload must stay as it is. (`slice` of a Buffer does not copy.)
  const copy = new Uint8Array(bytes.subarray(start, start + count * type.bytes))
  if (type.bigEndian) swapBytes(copy, type.bytes)
  return type.view(copy.buffer)
}

function swapBytes(bytes: Uint8Array<ArrayBuffer>, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (size === 2) buffer.swap16()
  else if (size === 4) buffer.swap32()
  else if (size === 8) buffer.swap64()
}

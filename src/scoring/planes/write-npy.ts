import { shapeText } from '../../decoding/npy/mask-shape.ts'
import type { PlaneType } from './plane-type.ts'

const magic = '\x93NUMPY\x01\x00'
/** The data of a `.npy` begin at a multiple of this. */
const alignment = 64

/**
 * Parts of an array, one after another → one `.npy` (format version 1) of this shape, C order, little-endian.
 * Source: the module `numpy.lib.format`.
 */
export function writeNpy(
  shape: readonly number[],
  { descr, bytes, array }: PlaneType,
  parts: readonly ArrayLike<number>[],
): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shapeText(shape)}, }`
  const unpadded = magic.length + 2 + text.length + 1
  const dataStart = Math.ceil(unpadded / alignment) * alignment
  const header = `${text}${' '.repeat(dataStart - unpadded)}\n`
  const buffer = new ArrayBuffer(dataStart + shape.reduce((product, side) => product * side, bytes))
  const file = Buffer.from(buffer)
  file.write(magic, 'latin1')
  file.writeUInt16LE(header.length, magic.length)
  file.write(header, magic.length + 2, 'latin1')
  const items = new array(buffer, dataStart)
  let at = 0
  for (const part of parts) {
    items.set(part, at)
    at += part.length
  }
  return new Uint8Array(buffer)
}

import type { Plane } from './plane.ts'
import type { PlaneType } from './plane-type.ts'

const magic = '\x93NUMPY\x01\x00'
/** The data of a `.npy` begin at a multiple of this. */
const alignment = 64

/**
 * Planes of one size → one `.npy` (format version 1) of shape (planes, height, width), C order, little-endian.
 * Source: the module `numpy.lib.format`.
 */
export function writeNpy(planes: readonly Plane[], { descr, bytes, array }: PlaneType): Uint8Array {
  const [{ width, height }] = planes
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${planes.length}, ${height}, ${width}), }`
  const unpadded = magic.length + 2 + text.length + 1
  const dataStart = Math.ceil(unpadded / alignment) * alignment
  const header = `${text}${' '.repeat(dataStart - unpadded)}\n`
  const buffer = new ArrayBuffer(dataStart + planes.length * width * height * bytes)
  const file = Buffer.from(buffer)
  file.write(magic, 'latin1')
  file.writeUInt16LE(header.length, magic.length)
  file.write(header, magic.length + 2, 'latin1')
  const items = new array(buffer, dataStart)
  for (const [index, { values }] of planes.entries()) items.set(values, index * width * height)
  return new Uint8Array(buffer)
}

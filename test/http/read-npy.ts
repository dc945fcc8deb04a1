import { expect } from 'vitest'

const arrays = {
  '|u1': Uint8Array,
  '<u2': Uint16Array,
  '<u4': Uint32Array,
  '<i4': Int32Array,
  '<f8': Float64Array,
}

/** A `.npy` as NumPy's format says, read by nothing of this project. */
export function readNpy(bytes: ArrayBuffer) {
  const header = Buffer.from(bytes, 10, new DataView(bytes).getUint16(8, true)).toString('latin1')
  const [, descr, order, shape] =
    /'descr': '(.*?)', 'fortran_order': (\w+), 'shape': \(([\d, ]+)\)/.exec(header) ?? []
  const dataStart = 10 + header.length
  expect([Buffer.from(bytes, 0, 8).toString('latin1'), order, dataStart % 64]).toEqual([
    '\x93NUMPY\x01\x00',
    'False',
    0,
  ])
  const [planes, height, width] = shape.split(',').map(Number)
  const values = new arrays[descr as keyof typeof arrays](bytes, dataStart)
  expect(values.length).toBe(planes * height * width)
  const size = width * height
  return {
    descr,
    shape: [planes, height, width],
    planes: Array.from({ length: planes }, (_, k) => values.subarray(k * size, (k + 1) * size)),
  }
}

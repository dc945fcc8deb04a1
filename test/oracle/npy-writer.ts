/** Items of an array as NumPy names their type, e.g. `<f4`. */
export interface NpySpec {
  readonly descr: string
  readonly shape: readonly number[]
  readonly values: ArrayLike<number>
  readonly fortranOrder?: boolean
}

const sizes: Readonly<Record<string, number>> = {
  b1: 1,
  u1: 1,
  i1: 1,
  u2: 2,
  f2: 2,
  i2: 2,
  f4: 4,
  i4: 4,
  u4: 4,
  f8: 8,
  i8: 8,
}

/** The bytes of a `.npy` file, `values` in the order of the file. */
export function writeNpy({ descr, shape, values, fortranOrder = false }: NpySpec): Uint8Array {
  const type = descr.slice(1)
  const size = sizes[type]
  const little = descr[0] !== '>'
  const items = Buffer.alloc(size * values.length)
  const view = new DataView(items.buffer, items.byteOffset, items.byteLength)
  const put: Readonly<Record<string, (at: number, value: number) => void>> = {
    b1: (at, value) => view.setUint8(at, value),
    u1: (at, value) => view.setUint8(at, value),
    i1: (at, value) => view.setInt8(at, value),
    u2: (at, value) => view.setUint16(at, value, little),
    i2: (at, value) => view.setInt16(at, value, little),
    u4: (at, value) => view.setUint32(at, value, little),
    i4: (at, value) => view.setInt32(at, value, little),
    i8: (at, value) => view.setBigInt64(at, BigInt(value), little),
    f2: (at, value) => view.setFloat16(at, value, little),
    f4: (at, value) => view.setFloat32(at, value, little),
    f8: (at, value) => view.setFloat64(at, value, little),
  }
  for (let k = 0; k < values.length; k++) put[type](k * size, values[k])
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const header = `{'descr': '${descr}', 'fortran_order': ${fortranOrder ? 'True' : 'False'}, 'shape': (${sides}), }`
  const text = Buffer.from(`${header.padEnd(117)}\n`, 'latin1')
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\0', 'latin1'),
    Buffer.of(text.length & 255, text.length >> 8),
    text,
    items,
  ])
}

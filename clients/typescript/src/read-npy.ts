export type PlaneArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array

const kinds = {
  '|u1': Uint8Array,
  '<u2': Uint16Array,
  '<u4': Uint32Array,
  '<i4': Int32Array,
  '<f4': Float32Array,
  '<f8': Float64Array,
} as const

/**
 * The planes of a `.npy` of shape (planes, height, width), one array of height × width values each.
 *
 * @throws TypeError for what is no such file
 */
export function readNpy(bytes: ArrayBuffer): {
  readonly shape: readonly number[]
  readonly planes: PlaneArray[]
} {
  const view = new DataView(bytes)
  const ascii = (from: number, to: number) => new TextDecoder().decode(bytes.slice(from, to))
  if (bytes.byteLength < 12 || ascii(1, 6) !== 'NUMPY')
    throw new TypeError('The service answered no .npy file.')
  const isVersion1 = view.getUint8(6) === 1
  const start = isVersion1 ? 10 : 12
  const length = isVersion1 ? view.getUint16(8, true) : view.getUint32(8, true)
  const header = ascii(start, start + length)
  const descr = /'descr': '([^']+)'/.exec(header)?.[1] ?? ''
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .flatMap((part) => (part.trim() ? [Number(part)] : []))
  const kind = kinds[descr as keyof typeof kinds]
  if (!kind || shape.length < 3) throw new TypeError(`The service answered an array ${header.trim()}`)
  const size = shape.slice(1).reduce((product, axis) => product * axis, 1)
  // A copy, so that values are aligned whatever the length of the header.
  const all = new kind(bytes.slice(start + length))
  return {
    shape,
    planes: Array.from({ length: shape[0] as number }, (_, k) => all.slice(k * size, (k + 1) * size)),
  }
}

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
 * The values of a `.npy`, last axis fastest.
 *
 * @throws TypeError for what is no such file
 */
export function readNpy(bytes: ArrayBuffer): {
  readonly shape: readonly number[]
  readonly values: PlaneArray
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
  if (!kind) throw new TypeError(`The service answered an array ${header.trim()}`)
  // A copy, so that values are aligned whatever the length of the header.
  return { shape, values: new kind(bytes.slice(start + length)) }
}

/**
 * The planes of a `.npy` of shape (planes, height, width) by name, height × width values each.
 *
 * @throws TypeError for what is no such file, or has another number of planes
 */
export function planesOf<Name extends string>(
  bytes: ArrayBuffer,
  names: readonly Name[],
): Record<Name, PlaneArray> {
  const { shape, values } = readNpy(bytes)
  if (shape.length < 3 || shape[0] !== names.length)
    throw new TypeError(`The service answered an array of shape ${shape} for ${names.length} planes.`)
  const size = values.length / names.length
  return Object.fromEntries(names.map((name, k) => [name, values.slice(k * size, (k + 1) * size)])) as Record<
    Name,
    PlaneArray
  >
}

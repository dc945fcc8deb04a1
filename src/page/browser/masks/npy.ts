export type LabelArray = Uint8Array | Uint16Array | Uint32Array | Int32Array

/** Planes of one size: labels, row-major. */
export interface Planes {
  readonly width: number
  readonly height: number
  readonly planes: readonly LabelArray[]
}

const arrays = { '|u1': Uint8Array, '<u2': Uint16Array, '<u4': Uint32Array, '<i4': Int32Array } as const

/**
 * A `.npy` of integers and shape (planes, height, width), as `/v1/labels` answers it. Nothing is copied: the planes lie in
 * `bytes`. The bytes are of our own service, so a mistake in them is ours.
 * @throws Error for anything else
 */
export function readPlanes(bytes: ArrayBuffer): Planes {
  const headerLength = new DataView(bytes).getUint16(8, true)
  const header = new TextDecoder('latin1').decode(new Uint8Array(bytes, 10, headerLength))
  const [, type = '', shape = ''] = /'descr': '(.*?)'.*'shape': \(([\d, ]+)\)/.exec(header) ?? []
  const [count, height, width] = shape.split(',').map(Number)
  const array = Object.hasOwn(arrays, type) ? arrays[type as keyof typeof arrays] : undefined
  if (!array || !(count > 0)) throw new Error(`the planes have the header ${header}`)
  const values = new array(bytes, 10 + headerLength)
  const size = width * height
  return {
    width,
    height,
    planes: Array.from({ length: count }, (_, index) => values.subarray(index * size, (index + 1) * size)),
  }
}

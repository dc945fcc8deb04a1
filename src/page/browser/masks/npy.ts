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
  const { type, shape, start, text } = headerOf(bytes)
  const [count, height, width] = shape
  const array = Object.hasOwn(arrays, type) ? arrays[type as keyof typeof arrays] : undefined
  if (!array || !(count > 0)) throw new Error(`the planes have the header ${text}`)
  const values = new array(bytes, start)
  const size = width * height
  return {
    width,
    height,
    planes: Array.from({ length: count }, (_, index) => values.subarray(index * size, (index + 1) * size)),
  }
}

/**
 * The plane `loss` of `/v1/labels`: bits of each pixel, row-major. Nothing is copied.
 * @throws Error for anything else
 */
export function readLosses(bytes: ArrayBuffer): Float64Array {
  const { type, shape, start, text } = headerOf(bytes)
  if (type !== '<f8' || shape[0] !== 1) throw new Error(`the losses have the header ${text}`)
  return new Float64Array(bytes, start)
}

function headerOf(bytes: ArrayBuffer) {
  const length = new DataView(bytes).getUint16(8, true)
  const text = new TextDecoder('latin1').decode(new Uint8Array(bytes, 10, length))
  const [, type = '', shape = ''] = /'descr': '(.*?)'.*'shape': \(([\d, ]+)\)/.exec(text) ?? []
  return { type, shape: shape.split(',').map(Number), start: 10 + length, text }
}

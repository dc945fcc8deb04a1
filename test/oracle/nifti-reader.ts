import { gunzipSync } from 'node:zlib'

type Read = (view: DataView, at: number, little: boolean) => number

const types: Readonly<Record<number, readonly [bytes: number, read: Read]>> = {
  2: [1, (view, at) => view.getUint8(at)],
  4: [2, (view, at, little) => view.getInt16(at, little)],
  8: [4, (view, at, little) => view.getInt32(at, little)],
  16: [4, (view, at, little) => view.getFloat32(at, little)],
  64: [8, (view, at, little) => view.getFloat64(at, little)],
  256: [1, (view, at) => view.getInt8(at)],
  512: [2, (view, at, little) => view.getUint16(at, little)],
  768: [4, (view, at, little) => view.getUint32(at, little)],
  1024: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  1280: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
}

export interface PlainVolume {
  readonly sides: readonly [columns: number, rows: number, slices: number]
  /** By slice, row and column: what the file says each voxel is, scaled. */
  readonly values: readonly number[]
}

/** What a NIfTI says, read without a thought of speed or damage. @throws for what it cannot read */
export function readNifti(file: Uint8Array, frame = 0): PlainVolume {
  const bytes = file[0] === 0x1f ? gunzipSync(file) : file
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = [348, 540].includes(view.getInt32(0, true))
  const isSecond = view.getInt32(0, little) === 540
  const dim = Array.from({ length: 8 }, (_, k) =>
    isSecond ? Number(view.getBigInt64(16 + 8 * k, little)) : view.getInt16(40 + 2 * k, little),
  )
  const [columns, rows, slices] = [1, 2, 3].map((k) => (k <= dim[0] ? dim[k] : 1))
  const [size, read] = types[view.getInt16(isSecond ? 12 : 70, little)]
  const start = isSecond ? Number(view.getBigInt64(168, little)) : view.getFloat32(108, little)
  const slope = isSecond ? view.getFloat64(176, little) : view.getFloat32(112, little)
  const intercept = isSecond ? view.getFloat64(184, little) : view.getFloat32(116, little)
  const isScaled = slope !== 0 && Number.isFinite(slope) && Number.isFinite(intercept)
  const voxels = columns * rows * slices
  const values = Array.from({ length: voxels }, (_, i) => {
    const stored = read(view, start + size * (frame * voxels + i), little)
    return isScaled ? slope * stored + intercept : stored
  })
  return { sides: [columns, rows, slices], values }
}

/** Numbers of a NIfTI type as typed arrays hold them. */
export type NiftiNumbers =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array

interface Nifti {
  readonly version?: 1 | 2
  readonly bigEndian?: boolean
  /** Columns, rows, slices, frames, … */
  readonly sides: readonly number[]
  readonly data: NiftiNumbers
  readonly slope?: number
  readonly intercept?: number
  /** Three rows of four. */
  readonly sform?: readonly number[] | undefined
  /** b, c, d, then the offset of x, y, z; `pixdim` gives the rest. */
  readonly qform?: readonly number[]
  /** From `pixdim[0]` on. */
  readonly pixdim?: readonly number[]
  readonly units?: number
  /** Bytes between the header and the voxels. */
  readonly extension?: Uint8Array
  /** A header whose voxels stand in another file. */
  readonly detached?: boolean
  /** Fields to write over, by their offset: a number of 16 bits. */
  readonly shorts?: Readonly<Record<number, number>>
}

const typeOf = (data: NiftiNumbers): number => {
  if (data instanceof Uint8Array) return 2
  if (data instanceof Int16Array) return 4
  if (data instanceof Int32Array) return 8
  if (data instanceof Float32Array) return 16
  if (data instanceof Float64Array) return 64
  if (data instanceof Int8Array) return 256
  if (data instanceof Uint16Array) return 512
  if (data instanceof Uint32Array) return 768
  return data instanceof BigInt64Array ? 1024 : 1280
}

/** A NIfTI file; of a detached one the header alone. */
export function writeNifti(image: Nifti): Buffer {
  const { version = 1, bigEndian = false, sides, data, detached = false, extension } = image
  const little = !bigEndian
  const size = version === 1 ? 348 : 540
  const header = new DataView(new ArrayBuffer(size + 4))
  const offset = detached ? 0 : size + 4 + (extension?.length ?? 0)
  const dim = [sides.length, ...sides, ...Array<number>(7 - sides.length).fill(1)]
  const pixdim = [1, 1, 1, 1, 1, 1, 1, 1].map((one, k) => image.pixdim?.[k] ?? one)
  const text = (at: number, value: string) => {
    for (let k = 0; k < value.length; k++) header.setUint8(at + k, value.charCodeAt(k))
  }
  const floats = (at: number, values: readonly number[]) =>
    values.forEach((value, k) => {
      if (version === 1) header.setFloat32(at + 4 * k, value, little)
      else header.setFloat64(at + 8 * k, value, little)
    })
  const bits = 8 * data.BYTES_PER_ELEMENT
  header.setInt32(0, size, little)
  if (version === 1) {
    dim.forEach((side, k) => {
      header.setInt16(40 + 2 * k, side, little)
    })
    header.setInt16(70, typeOf(data), little)
    header.setInt16(72, bits, little)
    floats(76, pixdim)
    floats(108, [offset, image.slope ?? 0, image.intercept ?? 0])
    header.setUint8(123, image.units ?? 2)
    header.setInt16(252, image.qform ? 1 : 0, little)
    header.setInt16(254, image.sform ? 1 : 0, little)
    floats(256, image.qform ?? [])
    floats(280, image.sform ?? [])
    text(344, detached ? 'ni1\0' : 'n+1\0')
  } else {
    text(4, detached ? 'ni2\0\r\n\x1a\n' : 'n+2\0\r\n\x1a\n')
    header.setInt16(12, typeOf(data), little)
    header.setInt16(14, bits, little)
    dim.forEach((side, k) => {
      header.setBigInt64(16 + 8 * k, BigInt(side), little)
    })
    floats(104, pixdim)
    header.setBigInt64(168, BigInt(offset), little)
    floats(176, [image.slope ?? 0, image.intercept ?? 0])
    header.setInt32(344, image.qform ? 1 : 0, little)
    header.setInt32(348, image.sform ? 1 : 0, little)
    floats(352, image.qform ?? [])
    floats(400, image.sform ?? [])
    header.setInt32(500, image.units ?? 2, little)
  }
  for (const [at, value] of Object.entries(image.shorts ?? {})) header.setInt16(Number(at), value, little)
  const head = Buffer.from(header.buffer).subarray(0, detached ? size : size + 4)
  if (detached) return head
  return Buffer.concat([head, extension ?? new Uint8Array(), voxelBytes(data, bigEndian)])
}

/** The bytes of numbers in either order. */
export function voxelBytes(data: NiftiNumbers, bigEndian = false): Buffer {
  const bytes = Buffer.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  if (!bigEndian || data.BYTES_PER_ELEMENT === 1) return bytes
  if (data.BYTES_PER_ELEMENT === 2) return bytes.swap16()
  return data.BYTES_PER_ELEMENT === 4 ? bytes.swap32() : bytes.swap64()
}

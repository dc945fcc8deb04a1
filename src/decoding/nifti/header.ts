import { Refusal } from '../../problems/refusal.ts'

/** The fields of a NIfTI header that are read, as they are stored. */
export interface NiftiHeader {
  readonly version: 1 | 2
  readonly bigEndian: boolean
  /** The voxels stand in another file. */
  readonly isDetached: boolean
  /** Number of axes, then their lengths: columns, rows, slices, frames, … */
  readonly dim: readonly number[]
  readonly datatype: number
  readonly bitpix: number
  /** The sign of the third axis of the quaternion form, then the distances along the axes. */
  readonly pixdim: readonly number[]
  readonly voxOffset: number
  readonly slope: number
  readonly intercept: number
  readonly units: number
  readonly qformCode: number
  readonly sformCode: number
  /** b, c, d */
  readonly quaternion: readonly number[]
  readonly offset: readonly number[]
  /** Three rows of four. */
  readonly srow: readonly number[]
}

/** Bytes of the headers of both versions, which are also their first field. */
export const headerBytes = { nifti1: 348, nifti2: 540 } as const

/**
 * The size of a header by its first four bytes, and in which order its bytes are.
 * @throws Refusal CORRUPT
 */
export function headerKind(bytes: Uint8Array): { size: number; bigEndian: boolean } {
  const view = viewOf(bytes)
  for (const bigEndian of [false, true]) {
    const size = view.getInt32(0, !bigEndian)
    if (size === headerBytes.nifti1 || size === headerBytes.nifti2) return { size, bigEndian }
  }
  throw new Refusal(
    'CORRUPT',
    `The NIfTI header gives its size as ${view.getInt32(0, true)}; there are 348 and 540.`,
  )
}

/**
 * Reads a NIfTI-1 or NIfTI-2 header. Source: nifti1.h and nifti2.h of the NIfTI Data Format Working Group.
 * @param bytes all of the header
 * @throws Refusal CORRUPT, UNSUPPORTED_FORMAT for ANALYZE 7.5, which has no such mark
 */
export function readNiftiHeader(bytes: Uint8Array): NiftiHeader {
  const { size, bigEndian } = headerKind(bytes)
  const fields = new Fields(bytes, !bigEndian)
  const header = size === headerBytes.nifti1 ? nifti1(fields) : nifti2(fields)
  return { ...header, bigEndian }
}

function nifti1(fields: Fields): Omit<NiftiHeader, 'bigEndian'> {
  const magic = fields.text(344, 4)
  if (magic !== 'n+1\0' && magic !== 'ni1\0')
    throw new Refusal(
      'UNSUPPORTED_FORMAT',
      'The file has a header of 348 bytes without the mark of NIfTI, as ANALYZE 7.5 has.',
    ).advising('Save the volume as NIfTI, e.g. with nibabel or ITK-SNAP.')
  return {
    version: 1,
    isDetached: magic === 'ni1\0',
    dim: fields.list('i16', 40, 8),
    datatype: fields.i16(70),
    bitpix: fields.i16(72),
    pixdim: fields.list('f32', 76, 8),
    voxOffset: fields.f32(108),
    slope: fields.f32(112),
    intercept: fields.f32(116),
    units: fields.u8(123),
    qformCode: fields.i16(252),
    sformCode: fields.i16(254),
    quaternion: fields.list('f32', 256, 3),
    offset: fields.list('f32', 268, 3),
    srow: fields.list('f32', 280, 12),
  }
}

function nifti2(fields: Fields): Omit<NiftiHeader, 'bigEndian'> {
  const magic = fields.text(4, 8)
  if (magic !== 'n+2\0\r\n\x1a\n' && magic !== 'ni2\0\r\n\x1a\n')
    throw new Refusal(
      'CORRUPT',
      'The mark of the NIfTI-2 header is damaged, as by a copy that took the file for text.',
    )
  return {
    version: 2,
    isDetached: magic.startsWith('ni2'),
    dim: fields.list('i64', 16, 8),
    datatype: fields.i16(12),
    bitpix: fields.i16(14),
    pixdim: fields.list('f64', 104, 8),
    voxOffset: fields.i64(168),
    slope: fields.f64(176),
    intercept: fields.f64(184),
    units: fields.i32(500),
    qformCode: fields.i32(344),
    sformCode: fields.i32(348),
    quaternion: fields.list('f64', 352, 3),
    offset: fields.list('f64', 376, 3),
    srow: fields.list('f64', 400, 12),
  }
}

const sizes = { i16: 2, f32: 4, f64: 8, i64: 8 } as const

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Numbers at offsets of a header. */
class Fields {
  readonly #view: DataView
  readonly #little: boolean

  constructor(bytes: Uint8Array, little: boolean) {
    this.#view = viewOf(bytes)
    this.#little = little
  }

  readonly u8 = (at: number) => this.#view.getUint8(at)
  readonly i16 = (at: number) => this.#view.getInt16(at, this.#little)
  readonly i32 = (at: number) => this.#view.getInt32(at, this.#little)
  readonly f32 = (at: number) => this.#view.getFloat32(at, this.#little)
  readonly f64 = (at: number) => this.#view.getFloat64(at, this.#little)
  /** Rounded beyond 2^53, which no limit allows. */
  readonly i64 = (at: number) => Number(this.#view.getBigInt64(at, this.#little))

  list(type: keyof typeof sizes, at: number, count: number): number[] {
    return Array.from({ length: count }, (_, k) => this[type](at + k * sizes[type]))
  }

  text(at: number, length: number): string {
    return String.fromCharCode(...Array.from({ length }, (_, k) => this.u8(at + k)))
  }
}

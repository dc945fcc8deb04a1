import { inflateSync } from 'node:zlib'
import type { Warning } from '../../labels/decoded-mask.ts'
import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { RawMask } from '../finish-mask.ts'
import { refuseMap } from '../greys.ts'
import { integralLabels } from '../integral-labels.ts'
import { type ItemType, itemType, readItems } from '../npy/items.ts'
import type { ReadSettings } from '../read-options.ts'
import { refuseTooLarge } from '../size-limits.ts'
import { trailingData } from '../trailing-data.ts'
import { type MetaImageHeader, readMetaImageHeader } from './header.ts'

/** Element types as NumPy spells them. A LONG has 4 bytes on every machine, as MetaIO writes it. */
const types: Readonly<Record<string, string>> = {
  MET_UCHAR: 'u1',
  MET_CHAR: 'i1',
  MET_USHORT: 'u2',
  MET_SHORT: 'i2',
  MET_UINT: 'u4',
  MET_INT: 'i4',
  MET_ULONG: 'u4',
  MET_LONG: 'i4',
  MET_ULONG_LONG: 'u8',
  MET_LONG_LONG: 'i8',
  MET_FLOAT: 'f4',
  MET_DOUBLE: 'f8',
}

/**
 * The labels of a MetaImage, an image of two axes or a volume of three. The claimed size is held against the limits and
 * the bytes that are there before anything is allocated.
 * @throws Refusal TRUNCATED, CORRUPT, EMPTY_INPUT, UNSUPPORTED_PIXEL_FORMAT, IMAGE_TOO_LARGE, NEGATIVE_LABEL,
 * NON_INTEGER_LABEL, LABEL_OUT_OF_RANGE
 */
export function readMetaImage(bytes: Uint8Array, settings: ReadSettings, limits: Limits): RawMask {
  const header = readMetaImageHeader(bytes)
  const { sides } = header
  const type = typeOf(header)
  refuseMap(settings, `numbers (${type.name})`)
  if (sides.length !== 2 && sides.length !== 3)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The MetaImage has ${sides.length} axes; a mask has two or three.`,
    )
  const [width, height, depth = 1] = sides
  if (sides.includes(0))
    throw new Refusal('EMPTY_INPUT', `The MetaImage has the size ${sides.join(' × ')}, so no pixels.`)
  refuseTooLarge({ width, height, depth }, Math.max(type.bytes, 4), limits)
  const count = width * height * depth
  const { data, surplus } = elementBytes(bytes, header, count * type.bytes)
  const nameOf = (i: number) =>
    `the element at column ${i % width}, row ${Math.floor(i / width) % height}${depth > 1 ? `, slice ${Math.floor(i / width / height)}` : ''}`
  return {
    map: {
      width,
      height,
      depth,
      labels: integralLabels(readItems(data, 0, count, type), settings.negative, nameOf),
      ...(sides.length === 3 && { volume: true as const }),
    },
    format: 'mha',
    encoding: `mha-${type.name}`,
    bits: 8 * type.bytes,
    warnings: [...geometryWarnings(header), ...trailingData(surplus, 'the elements')],
  }
}

function typeOf({ elementType, bigEndian }: MetaImageHeader): ItemType {
  const type = Object.hasOwn(types, elementType) ? types[elementType] : undefined
  if (type === undefined)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The MetaImage has elements of type ${elementType.slice(0, 40)}. Save the labels as integers, e.g. MET_USHORT.`,
    )
  return itemType(`${bigEndian ? '>' : '<'}${type}`)
}

/** Exactly `size` bytes of elements, inflated where they are compressed, and how many bytes there are beside them. */
function elementBytes(bytes: Uint8Array, header: MetaImageHeader, size: number) {
  const { dataStart, compressed, compressedBytes } = header
  const stored = bytes.subarray(dataStart)
  const used = compressed ? (compressedBytes ?? stored.length) : size
  const data = compressed ? inflated(stored.subarray(0, used), size) : stored
  if (data.length < size)
    throw new Refusal(
      'TRUNCATED',
      `The MetaImage header claims ${size} bytes of elements, but ${size - data.length} are missing.`,
    )
  return { data, surplus: Math.max(0, stored.length - used) }
}

/** At most `size` bytes: the header's claim has been held against the limits. */
function inflated(stored: Uint8Array, size: number): Uint8Array {
  try {
    return inflateSync(stored, { maxOutputLength: size })
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    const tooMany = error instanceof RangeError
    throw new Refusal(
      error.code === 'Z_BUF_ERROR' ? 'TRUNCATED' : 'CORRUPT',
      tooMany
        ? `The compressed elements of the MetaImage are more than the ${size} bytes that its header claims.`
        : `The compressed elements of the MetaImage are damaged (${error.message}).`,
    )
  }
}

function geometryWarnings({ spacing, directions }: MetaImageHeader): Warning[] {
  const warnings: Warning[] = []
  if (spacing !== undefined)
    warnings.push({
      code: 'SPACING_NOT_USED',
      message: `The file says that its pixels are ${spacing} apart (columns first). Distances are in pixels unless \`boundary.spacing\` gives them.`,
    })
  if (directions !== undefined)
    warnings.push({
      code: 'DIRECTIONS_NOT_USED',
      message: `The file says that its axes point to ${directions}. Pixels are compared as they are stored, so both masks must point the same way.`,
    })
  return warnings
}

import { Refusal } from '../../problems/refusal.ts'
import { type ItemType, itemType } from '../npy/items.ts'
import type { ReadSettings } from '../read-options.ts'
import { type ByteStream, plainBytes } from '../volume/byte-stream.ts'
import { isGzip } from '../volume/gzip-members.ts'
import { inflatedBytes } from '../volume/inflated-bytes.ts'
import type { OpenedFile } from '../volume/opened-file.ts'
import { openPacked, type PackedFile, refusePackedTwice } from '../volume/packed-file.ts'
import { skipBytes } from '../volume/skip-bytes.ts'
import { metaImageGeometry } from './geometry.ts'
import { type MetaImageHeader, maxMetaImageHeaderBytes, readMetaImageHeader, unsupported } from './header.ts'

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
 * Opens a MetaImage, an image of two axes or a volume of three, up to its first element. Of a probability map, what each pixel
 * has beside each other or a fourth axis are its channels.
 * @throws Refusal TRUNCATED, CORRUPT, EMPTY_INPUT, UNSUPPORTED_PIXEL_FORMAT
 */
export async function openMetaImage(bytes: Uint8Array, settings: ReadSettings): Promise<OpenedFile> {
  if (!isGzip(bytes)) return opened(bytes, settings)
  const packed = await openPacked(bytes, 'The MetaImage', maxMetaImageHeaderBytes)
  try {
    return await opened(packed.head, settings, packed)
  } catch (error) {
    await packed.close()
    throw error
  }
}

/** @param bytes of the file; of a packed one its beginning */
async function opened(bytes: Uint8Array, { isMap }: ReadSettings, packed?: PackedFile): Promise<OpenedFile> {
  const header = readMetaImageHeader(bytes)
  const { sides, channels } = header
  const type = typeOf(header)
  if (channels !== 1 && !isMap) throw unsupported(`has ${channels} channels`, oneLabel)
  if (sides.length !== 2 && sides.length !== 3 && !(isMap && sides.length === 4))
    throw unsupported(`has ${sides.length} axes; a mask has two or three`, oneLabel)
  const [width, height, depth = 1, frames = 1] = sides
  if (sides.includes(0) || channels === 0)
    throw new Refusal('EMPTY_INPUT', `The MetaImage has the size ${sides.join(' x ')}, so no pixels.`)
  // What a fourth axis says of space is nothing that the places of voxels are made of.
  const { geometry, warnings } = sides.length === 4 ? { warnings: [] } : metaImageGeometry(header)
  return {
    layout: {
      size: { width, height, depth },
      isVolume: sides.length > 2,
      type,
      framesBefore: 0,
      framesAfter: frames - 1,
      layers: channels,
      layer: 0,
      ...(geometry && { geometry }),
      kind: 'mha',
      what: 'The MetaImage',
      warnings,
    },
    stream: await elements(
      { bytes, packed },
      header,
      width * height * depth * frames * channels * type.bytes,
    ),
  }
}

const oneLabel =
  'Save one label for each pixel, in two or three axes. If the channels, or the fourth axis, are classes, set `probabilities` to {} for their probabilities, or save the index of the largest (argmax).'

function typeOf({ elementType, bigEndian }: MetaImageHeader): ItemType {
  const type = Object.hasOwn(types, elementType) ? types[elementType] : undefined
  if (type === undefined)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The MetaImage has elements of type ${elementType.slice(0, 40)}. Save the labels as integers, e.g. MET_USHORT.`,
    )
  return itemType(`${bigEndian ? '>' : '<'}${type}`)
}

/** @param size bytes of all elements */
async function elements(
  { bytes, packed }: { readonly bytes: Uint8Array; readonly packed: PackedFile | undefined },
  { dataStart, skip, compressed, compressedBytes }: MetaImageHeader,
  size: number,
): Promise<ByteStream> {
  if (packed) {
    if (compressed || skip < 0) throw refusePackedTwice('The MetaImage')
    const stream = packed.behind(dataStart)
    await skipBytes(stream, skip)
    return stream
  }
  const behindHeader = bytes.subarray(dataStart)
  const start = skip >= 0 ? skip : compressed ? 0 : Math.max(0, behindHeader.length - size)
  const stored = behindHeader.subarray(start)
  if (!compressed) return plainBytes(stored)
  const used = Math.min(compressedBytes ?? stored.length, stored.length)
  return inflatedBytes(stored.subarray(0, used), 'zlib', 'The MetaImage', stored.length - used)
}

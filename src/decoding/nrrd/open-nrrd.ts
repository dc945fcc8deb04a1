import { Refusal } from '../../problems/refusal.ts'
import type { ReadSettings } from '../read-options.ts'
import { type ByteStream, lazyBytes, plainBytes } from '../volume/byte-stream.ts'
import { chosenOf } from '../volume/chosen-of.ts'
import { isGzip } from '../volume/gzip-members.ts'
import { inflatedBytes } from '../volume/inflated-bytes.ts'
import type { OpenedFile } from '../volume/opened-file.ts'
import { openPacked, type PackedFile, refusePackedTwice } from '../volume/packed-file.ts'
import { skipBytes } from '../volume/skip-bytes.ts'
import { type NrrdAxes, nrrdAxes } from './axes.ts'
import { nrrdGeometry } from './geometry.ts'
import { maxNrrdHeaderBytes, type NrrdHeader, readNrrdHeader } from './header.ts'
import { type NrrdSegments, nrrdSegments } from './segments.ts'
import { nrrdType } from './types.ts'

/** Bytes that may be skipped in front of the values. */
const maxSkip = 64 * 2 ** 20

/**
 * Opens an NRRD, also a segmentation of 3D Slicer (`.seg.nrrd`), up to its first value.
 * @throws Refusal TRUNCATED, CORRUPT, EMPTY_INPUT, UNSUPPORTED_PIXEL_FORMAT, UNSUPPORTED_COMPRESSION, MULTI_PAGE,
 * OVERLAPPING_SEGMENTS, INVALID_OPTIONS
 */
export async function openNrrd(bytes: Uint8Array, settings: ReadSettings): Promise<OpenedFile> {
  if (!isGzip(bytes)) return opened(bytes, settings)
  const packed = await openPacked(bytes, 'The NRRD', maxNrrdHeaderBytes)
  try {
    return await opened(packed.head, settings, packed)
  } catch (error) {
    await packed.close()
    throw error
  }
}

/** @param bytes of the file; of a packed one its beginning */
async function opened(bytes: Uint8Array, settings: ReadSettings, packed?: PackedFile): Promise<OpenedFile> {
  const header = readNrrdHeader(bytes)
  const encoding = encodingOf(header)
  const type = nrrdType(header.fields)
  const axes = nrrdAxes(header)
  const segments = nrrdSegments(header, settings.isMap)
  const layer = layerOf(axes, segments, settings)
  const frame = chosenOf(axes.frames, settings.frame, {
    option: 'frame',
    what: `The NRRD holds ${axes.frames} volumes (frames).`,
    isMap: settings.isMap,
  })
  const { geometry, warnings } = nrrdGeometry(header, axes)
  const names = segments.namesIn(layer)
  const { width, height, depth } = axes.size
  const values = width * height * depth * axes.layers * axes.frames * type.bytes
  const stream = await dataOf({ bytes, packed }, header, encoding, values)
  return {
    layout: {
      size: axes.size,
      isVolume: axes.isVolume,
      type,
      framesBefore: frame,
      framesAfter: axes.frames - 1 - frame,
      layers: axes.layers,
      layer,
      ...(geometry && { geometry }),
      ...(names.size > 0 && { names }),
      kind: 'nrrd',
      what: 'The NRRD',
      warnings,
    },
    stream,
  }
}

function layerOf(
  { layers }: NrrdAxes,
  { isSegmentation }: NrrdSegments,
  { layer, isMap }: Pick<ReadSettings, 'layer' | 'isMap'>,
): number {
  if (isMap || !isSegmentation || layers === 1 || layer !== undefined)
    return chosenOf(layers, layer, {
      option: 'layer',
      what: `The NRRD holds ${layers} values for each voxel (layers).`,
      isMap,
    })
  throw new Refusal(
    'OVERLAPPING_SEGMENTS',
    `The segments of the NRRD overlap: they stand in ${layers} layers, and no label map has room for all. Name one with \`layer\`, from 0 to ${layers - 1}.`,
  ).advising(
    `Set \`layer\` of this side to a number from 0 to ${layers - 1}, and score each layer by itself.`,
  )
}

/** @throws Refusal UNSUPPORTED_COMPRESSION */
function encodingOf({ fields }: NrrdHeader): 'raw' | 'gzip' {
  const encoding = fields.get('encoding')?.toLowerCase()
  if (encoding === 'raw') return encoding
  if (encoding === 'gzip' || encoding === 'gz') return 'gzip'
  throw new Refusal(
    'UNSUPPORTED_COMPRESSION',
    `The NRRD has ${encoding === undefined ? 'no encoding' : `the encoding ${encoding.slice(0, 20)}, which is not read`}.`,
  ).advising('Save the NRRD with the encoding raw or gzip.')
}

/** @param size bytes of all values */
async function dataOf(
  { bytes, packed }: { readonly bytes: Uint8Array; readonly packed: PackedFile | undefined },
  { fields, dataStart }: NrrdHeader,
  encoding: 'raw' | 'gzip',
  size: number,
): Promise<ByteStream> {
  const file = fields.get('datafile')
  if (file !== undefined)
    throw new Refusal(
      'UNSUPPORTED_FORMAT',
      `The NRRD has its values in another file (${file.slice(0, 100)}).`,
    ).advising('Put both files into one zip, or save the volume as one `.nrrd`.')
  const lines = countOf(fields, 'line skip')
  const skip = countOf(fields, 'byte skip')
  if (packed) {
    if (encoding !== 'raw' || lines > 0 || skip < 0) throw refusePackedTwice('The NRRD')
    const stream = packed.behind(dataStart)
    await skipBytes(stream, skip)
    return stream
  }
  const data = bytes.subarray(behindLines(bytes, dataStart, lines))
  if (encoding === 'raw') return plainBytes(data.subarray(skip < 0 ? Math.max(0, data.length - size) : skip))
  return lazyBytes(async () => {
    const stream = inflatedBytes(data, 'gzip', 'The NRRD')
    await skipBytes(stream, skip < 0 ? await bytesBefore(data, size) : skip)
    return stream
  })
}

/** How many inflated bytes stand before the last `size`, which takes inflating all of them once. */
async function bytesBefore(data: Uint8Array, size: number): Promise<number> {
  const stream = inflatedBytes(data, 'gzip', 'The NRRD')
  try {
    return Math.max(0, (await skipBytes(stream, size + maxSkip)) - size)
  } finally {
    await stream.close()
  }
}

function countOf(fields: ReadonlyMap<string, string>, key: 'line skip' | 'byte skip'): number {
  const value = fields.get(key.replace(' ', ''))
  const count = Number(value ?? 0)
  if (Number.isInteger(count) && count >= (key === 'byte skip' ? -1 : 0) && count <= maxSkip) return count
  throw new Refusal(
    'CORRUPT',
    `The NRRD header gives ${key}: ${value?.slice(0, 40)}; read are integers up to ${maxSkip}.`,
  )
}

function behindLines(bytes: Uint8Array, start: number, lines: number): number {
  let at = start
  for (let line = 0; line < lines; line++) {
    const end = bytes.indexOf(0x0a, at)
    if (end < 0)
      throw new Refusal('TRUNCATED', `The NRRD header says line skip: ${lines}, and there are ${line} lines.`)
    at = end + 1
  }
  return at
}

import { gzipSync } from 'node:zlib'
import { probabilityOptions } from '../../../src/decoding/probabilities/probability-options.ts'
import type { MapSize } from '../../../src/decoding/probabilities/stored-array.ts'
import { zipOf } from '../../annotations/zip-writer.ts'
import { writeMetaImage } from '../../oracle/metaimage-writer.ts'
import { voxelBytes, writeNifti } from '../../oracle/nifti-writer.ts'
import { writeNpy } from '../../oracle/npy-writer.ts'
import { writeNrrd } from '../../oracle/nrrd-writer.ts'
import { writePngSamples } from '../../oracle/png-writer.ts'
import { writeTiff } from '../../oracle/tiff-writer.ts'

/** A sound probability map, and how it is read. */
export interface OriginalMap {
  readonly name: string
  /** As the mutations of files know it. */
  readonly format: 'png' | 'tiff' | 'npy' | 'npz' | 'nifti' | 'nrrd' | 'mha'
  readonly bytes: Uint8Array
  readonly options: ReturnType<typeof probabilityOptions.parse>
  /** Of the other side. */
  readonly size: MapSize
}

const [width, height] = [9, 7]
const pixels = width * height
const size = { width, height, depth: 1 }
/** Eighths of three classes, by class and pixel. */
const share = (c: number, i: number) => [1 + (i % 3), 5 - (i % 3), 2][(c + i) % 3] / 8
const planes = Float32Array.from({ length: 3 * pixels }, (_, k) => share(Math.floor(k / pixels), k % pixels))
const beside = Float32Array.from({ length: 3 * pixels }, (_, k) => share(k % 3, Math.floor(k / 3)))
const greys = Uint16Array.from({ length: pixels }, (_, i) => (i * 37) % 256)

const map = (
  name: string,
  format: OriginalMap['format'],
  bytes: Uint8Array,
  options: object = {},
): OriginalMap => ({ name, format, bytes, options: probabilityOptions.parse(options), size })

const npy = (descr: string, values: Iterable<number> = planes, shape = [3, height, width]) =>
  writeNpy({ descr, shape, values: [...values] })

const floatTags = (samples: number) => [
  { tag: 258, values: Array<number>(samples).fill(32) },
  { tag: 277, values: [samples] },
  { tag: 339, values: Array<number>(samples).fill(3) },
]
const bytesOf = (values: Float32Array) => new Uint8Array(values.slice().buffer)
const plane = (c: number) => bytesOf(planes.subarray(c * pixels, (c + 1) * pixels))

/** Maps of every kind that is read, small enough that a mutation hits what matters. */
export const mapCorpus: readonly OriginalMap[] = [
  ...['<f2', '<f4', '>f4', '<f8'].map((descr) => map(`npy ${descr}`, 'npy', npy(descr))),
  map('npy of bytes', 'npy', npy('|u1', greys, [height, width])),
  map('npy, channels last', 'npy', npy('<f4', beside, [height, width, 3]), { layout: 'hwc' }),
  map(
    'npy of logits',
    'npy',
    npy(
      '<f4',
      Float32Array.from(planes, (q) => 9 * q - 4),
    ),
    {
      activation: 'softmax',
    },
  ),
  map('npy of independent channels', 'npy', npy('<f4'), { independent: true }),
  map('npz', 'npz', zipOf({ name: 'probabilities.npy', content: npy('<f2') })),
  ...[8, 16].map((bitDepth) =>
    map(
      `png of ${bitDepth} bits`,
      'png',
      writePngSamples({ width, height, bitDepth, colourType: 0, samples: greys }),
    ),
  ),
  map(
    'tiff, a page for each channel',
    'tiff',
    writeTiff([0, 1, 2].map((c) => ({ width, height, blocks: [plane(c)], tags: floatTags(1) }))),
  ),
  map(
    'tiff, pixel by pixel',
    'tiff',
    writeTiff([{ width, height, blocks: [bytesOf(beside)], tags: floatTags(3) }]),
  ),
  map('nifti', 'nifti', writeNifti({ sides: [width, height, 1, 3], data: planes })),
  map('nifti, gzipped', 'nifti', gzipSync(writeNifti({ sides: [width, height, 1, 3], data: planes }))),
  map(
    'nifti of scaled integers',
    'nifti',
    writeNifti({
      sides: [width, height, 1, 3],
      data: Int16Array.from(planes, (q) => 1024 * q),
      slope: 1 / 1024,
    }),
  ),
  map(
    'nrrd with layers',
    'nrrd',
    writeNrrd({
      sizes: [3, width, height],
      type: 'float',
      data: voxelBytes(beside),
      fields: { kinds: 'list domain domain' },
    }),
  ),
  map(
    'mha with channels',
    'mha',
    writeMetaImage({
      sides: [width, height],
      type: 'MET_FLOAT',
      data: voxelBytes(beside),
      compressed: true,
      fields: { ElementNumberOfChannels: '3' },
    }),
  ),
]

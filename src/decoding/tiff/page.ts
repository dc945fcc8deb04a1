import { Refusal } from '../../problems/refusal.ts'
import type { Directory, TiffFile } from './directory.ts'

/** Tags of TIFF 6.0 that are read here, by their names there. */
export const tags = {
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  extraSamples: 338,
  sampleFormat: 339,
} as const

export const photometrics = { minIsWhite: 0, minIsBlack: 1, rgb: 2, palette: 3 } as const
export const sampleFormats = { unsigned: 1, signed: 2, float: 3 } as const

/** What one page says of its pixels. */
export interface TiffPage {
  readonly directory: Directory
  readonly width: number
  readonly height: number
  readonly bits: number
  readonly samples: number
  readonly sampleFormat: number
  readonly photometric: number
  readonly compression: number
  readonly orientation: number
  /** 1: the first pixel of a byte is in its high bits; 2: in its low bits. */
  readonly fillOrder: number
  /** Each sample in blocks of its own. */
  readonly planar: boolean
}

/** Reads the tags of a page that say what its pixels are. @throws Refusal CORRUPT when one is missing */
export function readPage(file: TiffFile, directory: Directory): TiffPage {
  const one = (tag: number, otherwise?: number): number => {
    const entry = directory.entries.get(tag)
    if (entry !== undefined) return file.value(entry, 0)
    if (otherwise !== undefined) return otherwise
    throw new Refusal('CORRUPT', `The TIFF lacks the tag ${tag}.`)
  }
  const samples = one(tags.samplesPerPixel, 1)
  const [width, height] = [one(tags.imageWidth), one(tags.imageLength)]
  if (width === 0 || height === 0)
    throw new Refusal('CORRUPT', `The TIFF gives the size ${width} x ${height}.`)
  return {
    directory,
    width,
    height,
    samples,
    bits: same(file, directory, tags.bitsPerSample, samples, 1),
    sampleFormat: same(file, directory, tags.sampleFormat, samples, sampleFormats.unsigned),
    photometric: one(tags.photometric),
    compression: one(tags.compression, 1),
    orientation: one(tags.orientation, 1),
    fillOrder: one(tags.fillOrder, 1),
    planar: samples > 1 && one(tags.planarConfiguration, 1) === 2,
  }
}

/** The value of a tag that is given for each sample; they must agree. */
function same(
  file: TiffFile,
  { entries }: Directory,
  tag: number,
  samples: number,
  otherwise: number,
): number {
  const entry = entries.get(tag)
  if (entry === undefined) return otherwise
  const first = file.value(entry, 0)
  for (let i = 1; i < Math.min(entry.count, samples); i++)
    if (file.value(entry, i) !== first)
      throw new Refusal(
        'UNSUPPORTED_PIXEL_FORMAT',
        `The samples of the TIFF differ in tag ${tag}: ${first} and ${file.value(entry, i)}.`,
      )
  return first
}

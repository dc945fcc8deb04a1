import { Refusal } from '../../problems/refusal.ts'
import type { Directory, TiffFile } from './directory.ts'
import { sampleFormats, tags } from './tags.ts'

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
  /** Slices within the page; a page is one image, but for a private tag. */
  readonly imageDepth: number
  /** Bytes from the blocks that the directory lists to those of this page: 0, but for later slices of a stack with one directory. */
  readonly shift: number
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
    orientation: orientationOf(one(tags.orientation, 1)),
    fillOrder: one(tags.fillOrder, 1),
    planar: samples > 1 && one(tags.planarConfiguration, 1) === 2,
    imageDepth: one(tags.imageDepth, 1),
    shift: 0,
  }
}

/** Other values than 1 to 8 say nothing, as in Exif. */
const orientationOf = (value: number): number => (value >= 1 && value <= 8 ? value : 1)

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

import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { StoredNumbers } from '../integral-labels.ts'
import { refuseMissingBlocks } from '../tiff/blocks.ts'
import { checkDeflate } from '../tiff/check-deflate.ts'
import { TiffFile } from '../tiff/directory.ts'
import { listPages } from '../tiff/list-pages.ts'
import type { TiffPage } from '../tiff/page.ts'
import { PlainCopy } from '../tiff/plain-copy.ts'
import { refuseUnreadable, sampleTypeName } from '../tiff/policy.ts'
import { storedNumbers } from '../tiff/stored-numbers.ts'
import { photometrics, tags } from '../tiff/tags.ts'
import { refuseTooManyBytes } from './refuse-too-many-bytes.ts'
import { type ArrayType, isArrayType, type StoredArray } from './stored-array.ts'

/**
 * The samples of a TIFF: one plane, a page for each channel, or the channels of one page, stored pixel by pixel or plane
 * by plane.
 * @throws Refusal UNSUPPORTED_PIXEL_FORMAT, MULTI_PAGE, IMAGE_TOO_LARGE, and those of reading a TIFF
 */
export async function readTiffPlanes(bytes: Uint8Array, limits: Limits): Promise<StoredArray> {
  const file = new TiffFile(bytes)
  const { pages, warnings } = listPages(file, { volume: true })
  const [first] = pages
  const { width, height, samples } = first
  if (pages.length > 1 && samples > 1)
    throw new Refusal(
      'MULTI_PAGE',
      `The TIFF has ${pages.length} pages of ${samples} channels each: channels are either pages or the channels of one page.`,
    ).advising('Save the probabilities with one channel a page, or as .npy.')
  const type = typeOf(first)
  const claim = `${pages.length * samples} x ${height} x ${width} of ${type}`
  refuseTooManyBytes((pages.length * samples * height * width * first.bits) / 8, claim, limits)
  const planes: StoredNumbers[] = []
  for (const page of pages) {
    refuseUnreadable(asOnePlane(page), limits)
    refuseMissingBlocks(file, page)
    await checkDeflate(bytes, file, page)
  }
  const copy = new PlainCopy(bytes, file, pages)
  for (const page of pages) planes.push(...(await planesOf(file, copy, page)))
  const isChunky = samples > 1 && !first.planar
  return {
    items: joined(planes, type),
    shape: isChunky
      ? [height, width, samples]
      : planes.length > 1
        ? [planes.length, height, width]
        : [height, width],
    type,
    format: 'tiff',
    warnings,
  }
}

function typeOf({ bits, sampleFormat, photometric }: TiffPage): ArrayType {
  const type = sampleTypeName(bits, sampleFormat) ?? `samples of ${bits} bits`
  if (photometric !== photometrics.palette && isArrayType(type)) return type
  const what = photometric === photometrics.palette ? 'indices of a palette' : type
  throw new Refusal(
    'UNSUPPORTED_PIXEL_FORMAT',
    `The TIFF holds ${what}; probabilities are floats, uint8 (255 is 1) or uint16 (65535 is 1).`,
  ).advising('Save the probabilities as float32.')
}

/** The page as if it had one channel: whatever its colours are called, its samples are probabilities. */
const asOnePlane = (page: TiffPage): TiffPage =>
  page.samples === 1 ? page : { ...page, samples: 1, photometric: photometrics.minIsBlack }

async function planesOf(file: TiffFile, copy: PlainCopy, page: TiffPage): Promise<StoredNumbers[]> {
  if (page.samples === 1) return [await storedNumbers(copy, page, 'samples')]
  if (page.planar) {
    const planes: StoredNumbers[] = []
    for (let k = 0; k < page.samples; k++)
      planes.push((await storedNumbers(copy, page, { plane: k })).slice())
    return planes
  }
  const predictor = page.directory.entries.get(tags.predictor)
  const isPlain = predictor === undefined || file.value(predictor, 0) === 1
  if (page.directory.entries.has(tags.tileWidth) || !isPlain)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The TIFF has ${page.samples} channels a pixel in tiles, or with a predictor, which is not read.`,
    ).advising('Save the probabilities with one channel a page, or as .npy.')
  // Row by row, the samples of all channels lie beside each other like those of a wider page.
  return [await storedNumbers(copy, { ...asOnePlane(page), width: page.width * page.samples }, 'samples')]
}

/** All planes in one array. */
function joined(planes: readonly StoredNumbers[], type: ArrayType): StoredNumbers {
  if (planes.length === 1) return planes[0]
  const length = planes.reduce((sum, plane) => sum + plane.length, 0)
  const all = emptyOf(type, length)
  let at = 0
  for (const plane of planes) {
    for (let k = 0; k < plane.length; k++) all[at + k] = Number(plane[k])
    at += plane.length
  }
  return all
}

function emptyOf(type: ArrayType, length: number) {
  if (type === 'uint16') return new Uint16Array(length)
  if (type === 'float16') return new Float16Array(length)
  if (type === 'float32') return new Float32Array(length)
  return type === 'float64' ? new Float64Array(length) : new Uint8Array(length)
}

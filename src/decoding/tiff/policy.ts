import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import { refuseTooLarge } from '../size-limits.ts'
import type { TiffPage } from './page.ts'
import { photometrics, sampleFormats } from './tags.ts'

const lossless = new Set([1, 2, 3, 4, 5, 8, 32_773, 32_946])
const lossyNames: Readonly<Record<number, string>> = {
  6: 'old JPEG',
  7: 'JPEG',
  33003: 'JPEG 2000',
  33005: 'JPEG 2000',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34892: 'lossy JPEG',
  50001: 'WebP',
}
const otherNames: Readonly<Record<number, string>> = {
  32809: 'ThunderScan',
  34661: 'JBIG',
  34925: 'LZMA',
  50000: 'Zstandard',
  50002: 'JPEG XL',
  52546: 'JPEG XL',
}
const photometricNames: Readonly<Record<number, string>> = {
  4: 'a transparency mask',
  5: 'CMYK',
  6: 'YCbCr',
  8: 'CIE Lab',
  9: 'ICC Lab',
  10: 'ITU Lab',
  32803: 'a colour filter array',
  32844: 'LogL',
  32845: 'LogLuv',
}

/**
 * Refuses a page whose pixels cannot be labels, or not for certain.
 * @throws Refusal IMAGE_TOO_LARGE, LOSSY_FORMAT, UNSUPPORTED_COMPRESSION, ORIENTATION, UNSUPPORTED_PIXEL_FORMAT,
 * AMBIGUOUS_PHOTOMETRIC
 */
export function refuseUnreadable(page: TiffPage, limits: Limits): void {
  const { compression, orientation, bits, samples, photometric } = page
  // Grey with alpha comes back as four channels, and labels of colours take four bytes.
  const bytes = Math.max(samples === 2 ? 4 : samples, 1) * Math.max(Math.ceil(bits / 8), 1)
  refuseTooLarge(page, samples > 1 ? Math.max(bytes, 4) : bytes, limits)
  if (compression in lossyNames)
    throw new Refusal('LOSSY_FORMAT', `The pixels of the TIFF are compressed by ${lossyNames[compression]}.`)
  if (!lossless.has(compression))
    throw new Refusal(
      'UNSUPPORTED_COMPRESSION',
      `The TIFF is compressed by ${otherNames[compression] ?? 'method'} (${compression}), which is not read.`,
    )
  if (orientation !== 1) throw new Refusal('ORIENTATION', `The TIFF asks for orientation ${orientation}.`)
  // Programs agree on it for fax files alone.
  if (page.fillOrder !== 1 && bits > 1)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The TIFF stores the bits of its bytes backwards (FillOrder ${page.fillOrder}), which is not read with ${bits} bits a sample.`,
    )
  refuseUnreadablePixels(page)
  if (photometric === photometrics.minIsWhite && bits > 1)
    throw new Refusal(
      'AMBIGUOUS_PHOTOMETRIC',
      `The TIFF says that 0 is white (PhotometricInterpretation 0) with ${bits} bits: programs differ in whether they invert the labels.`,
    )
}

function refuseUnreadablePixels({ photometric, samples, bits, sampleFormat }: TiffPage): void {
  const refuse = (what: string) =>
    new Refusal('UNSUPPORTED_PIXEL_FORMAT', `The TIFF holds ${what}, which cannot be read as labels.`)
  const grey = photometric === photometrics.minIsWhite || photometric === photometrics.minIsBlack
  const palette = photometric === photometrics.palette
  if (!grey && !palette && photometric !== photometrics.rgb)
    throw refuse(photometricNames[photometric] ?? `pixels of PhotometricInterpretation ${photometric}`)
  const maxSamples = grey ? 2 : palette ? 1 : 4
  if (samples > maxSamples)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The TIFF has ${samples} channels a pixel: one plane per class? As probabilities they are read with \`probabilities\`: {}; as a mask, save the index of the largest (argmax) as one channel.`,
    ).advising(
      'Set `probabilities` to {} in the options of this side, or save the labels as one channel of integers, e.g. the index of the largest channel (argmax).',
    )
  if (samples < (photometric === photometrics.rgb ? 3 : 1))
    throw refuse(`${samples} samples a pixel with PhotometricInterpretation ${photometric}`)
  const type = sampleTypeName(bits, sampleFormat)
  if (type === undefined) throw refuse(`samples of ${bits} bits of format ${sampleFormat}`)
  if (samples > 1 && type !== 'uint8' && type !== 'uint16')
    throw refuse(`${samples} samples a pixel of ${type}`)
  if (palette && !['uint1', 'uint2', 'uint4', 'uint8', 'uint16'].includes(type))
    throw refuse(`a palette of ${type}`)
}

/** A sample's type as it appears in the encoding; none when it is not read. */
export function sampleTypeName(bits: number, sampleFormat: number): string | undefined {
  if (sampleFormat === sampleFormats.unsigned && [1, 2, 4, 8, 16, 32, 64].includes(bits)) return `uint${bits}`
  if (sampleFormat === sampleFormats.signed && [8, 16, 32, 64].includes(bits)) return `int${bits}`
  return sampleFormat === sampleFormats.float && [16, 32, 64].includes(bits) ? `float${bits}` : undefined
}

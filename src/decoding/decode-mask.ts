import type { DecodedMask } from '../labels/decoded-mask.ts'
import type { Limits } from '../limits.ts'
import { Refusal } from '../problems/refusal.ts'
import { finishMask, type RawMask } from './finish-mask.ts'
import { maskFormats, type ReadFormat } from './mask-formats.ts'
import { readNpy } from './npy/read-npy.ts'
import { type PngSampler, readPng } from './png/read-png.ts'
import { type ReadOptions, type ReadSettings, resolveReadOptions } from './read-options.ts'
import { sniff } from './sniff.ts'
import { readTiff } from './tiff/read-tiff.ts'
import { holdVolume } from './volume/hold-volume.ts'
import { readWebp } from './webp/read-webp.ts'

export interface DecodeOptions extends ReadOptions {
  /** Read the pages of a TIFF, or the first axis of a 3-D array, as the depth of one volume. */
  readonly stack?: 'volume' | undefined
}

/** How one format is read; `volume`: several pages are one volume. */
type Reader = (
  bytes: Uint8Array,
  settings: ReadSettings & { readonly volume: boolean; readonly sampler?: PngSampler | undefined },
  limits: Limits,
) => RawMask | Promise<RawMask>

const readers: Readonly<Record<ReadFormat, Reader>> = {
  png: readPng,
  tiff: readTiff,
  webp: readWebp,
  npy: readNpy,
  nifti: holdVolume('nifti'),
  nrrd: holdVolume('nrrd'),
  mha: holdVolume('mha'),
}

/**
 * The exact labels of a mask file. Nothing but its bytes and the options has a say; `sampler` is a faster way to
 * the same samples.
 * @throws Refusal: EMPTY_INPUT, INPUT_TOO_LARGE, UNSUPPORTED_FORMAT, LOSSY_FORMAT, and what the format's reader refuses
 * @example
 * import { readFile } from 'node:fs/promises'
 * import { decodeMask } from './src/decoding/decode-mask.ts'
 * import { defaultLimits } from './src/limits.ts'
 *
 * const { map, encoding } = await decodeMask(await readFile('examples/pair/ground-truth.png'), {}, defaultLimits)
 * [map.width, map.height, encoding] // → [384, 303, 'png-grey8']
 */
export async function decodeMask(
  bytes: Uint8Array,
  options: DecodeOptions,
  limits: Limits,
  sampler?: PngSampler,
): Promise<DecodedMask> {
  const format = maskFormat(bytes, limits)
  const settings = { ...resolveReadOptions(options), volume: options.stack === 'volume', sampler }
  refuseFifthChannel(format, settings)
  return finishMask(await readers[format](bytes, settings, limits), settings)
}

/** Pixels have four channels at most; only the images of a TIFF may be more. */
function refuseFifthChannel(format: ReadFormat, { channelNumber = 0 }: ReadSettings): void {
  if (channelNumber > 3 && format !== 'tiff')
    throw new Refusal(
      'INVALID_OPTIONS',
      `\`channel\` is ${channelNumber}; the channels of a ${maskFormats[format].name} go from 0 to 3.`,
    )
}

/** The format that a mask file's first bytes say it is of; a file that is none, or too large, is refused. */
export function maskFormat(bytes: Uint8Array, limits: Pick<Limits, 'maxFileBytes'>): ReadFormat {
  if (bytes.length === 0) throw new Refusal('EMPTY_INPUT', 'The file has no bytes.')
  if (bytes.length > limits.maxFileBytes)
    throw new Refusal(
      'INPUT_TOO_LARGE',
      `The file has ${bytes.length} bytes; the limit is ${limits.maxFileBytes}.`,
    )
  const sniffed = sniff(bytes)
  if ('refused' in sniffed) {
    const what = sniffed.name === '' ? 'of no format known here' : sniffed.name
    const detail = `By its first bytes the file is ${what}.`
    const { refused, hint } = sniffed
    if (hint === undefined) throw new Refusal(refused, detail)
    throw new Refusal(refused, `${detail} ${hint}`).advising(hint)
  }
  return sniffed.format
}

import sharp from 'sharp'
import type { ProblemCode } from '../problems/catalogue.ts'
import { Refusal } from '../problems/refusal.ts'

// Masks reach libvips through three loaders; every other one is out of reach, whatever a file claims to be.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadTiffBuffer',
    'VipsForeignLoadWebpBuffer',
    // For the photo under an overlay alone: a mask is refused by its first bytes before any loader sees it.
    'VipsForeignLoadJpegBuffer',
  ],
})
// The pool of workers is the parallelism, and no mask is decoded twice.
sharp.concurrency(1)
sharp.cache(false)

/** What the loader itself produces, so that every conversion of the chain does nothing. */
export interface Expected {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 2 | 3 | 4
  readonly space: 'b-w' | 'grey16' | 'srgb' | 'rgb16'
  readonly type: SampleType
}

const views = {
  uchar: Uint8Array,
  ushort: Uint16Array,
  uint: Uint32Array,
  int: Int32Array,
  float: Float32Array,
} as const

type SampleType = keyof typeof views
export type Samples<T extends SampleType> = InstanceType<(typeof views)[T]>

const timeoutSeconds = 20

/**
 * The stored samples of an image file, row-major and pixel-interleaved, untouched by any conversion.
 * The file must have been checked by its own reader: its size is taken from `expected`.
 * @throws Refusal CORRUPT, UNSUPPORTED_COMPRESSION, IMAGE_TOO_LARGE or TIMED_OUT for what libvips reports,
 * DECODER_MISMATCH when it answers something else than the header promised
 */
export async function exactSamples<E extends Expected>(
  file: Uint8Array,
  expected: E,
): Promise<Samples<E['type']>> {
  const { width, height, channels, space, type } = expected
  const { data, info } = await sharp(file, {
    failOn: 'warning',
    ignoreIcc: true,
    limitInputPixels: width * height,
    limitInputChannels: 4,
  })
    .timeout({ seconds: timeoutSeconds })
    .toColourspace(space)
    .raw({ depth: type })
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      throw refusalOf(error)
    })
  const View = views[type]
  const samples = width * height * channels
  if (
    info.width !== width ||
    info.height !== height ||
    info.channels !== channels ||
    data.length !== samples * View.BYTES_PER_ELEMENT ||
    data.byteOffset % View.BYTES_PER_ELEMENT !== 0
  )
    throw new Refusal(
      'DECODER_MISMATCH',
      `The header promises ${width} x ${height} x ${channels}, the decoder gave ${info.width} x ${info.height} x ${info.channels} in ${data.length} bytes.`,
    )
  return new View(data.buffer as ArrayBuffer, data.byteOffset, samples) as Samples<E['type']>
}

const known: readonly (readonly [RegExp, ProblemCode, string])[] = [
  [/^timeout/, 'TIMED_OUT', `Decoding took longer than ${timeoutSeconds} seconds.`],
  [
    /pixel limit|channel limit/,
    'IMAGE_TOO_LARGE',
    'The image holds more pixels or channels than its header says.',
  ],
  [
    /not configured/,
    'UNSUPPORTED_COMPRESSION',
    'The image is compressed by a method this service does not read.',
  ],
]

function refusalOf(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : String(error)
  const match = known.find(([pattern]) => pattern.test(message))
  if (match !== undefined) return new Refusal(match[1], match[2])
  // What libvips says beyond these names its parts, and comes out of a buffer that all threads share.
  return new Refusal(
    'CORRUPT',
    'The pixels cannot be decoded: they are damaged, or not what the header says.',
  )
}

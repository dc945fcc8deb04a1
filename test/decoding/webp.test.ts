import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { type DecodeOptions, decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { refusalOf } from './refusal-of.ts'

const decode = (bytes: Uint8Array, options: DecodeOptions = {}) => decodeMask(bytes, options, defaultLimits)

const [width, height] = [23, 14]
const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 73 + (i >> 4)) % 256)
const ids = Array.from(
  { length: width * height },
  (_, i) => rgb[3 * i] + 256 * rgb[3 * i + 1] + 65_536 * rgb[3 * i + 2],
)
const still = await sharp(rgb, { raw: { width, height, channels: 3 } })
  .webp({ lossless: true, effort: 0 })
  .toBuffer()

const chunk = (type: string, data: Uint8Array) => {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32LE(data.length, 4)
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
}

const riff = (...chunks: Uint8Array[]) => {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks])
  const head = Buffer.from('RIFF\0\0\0\0')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}

const stream = still.subarray(12)

/** An Exif block that asks for orientation `value`. */
const exif = (value: number) =>
  Buffer.from(`4d4d002a0000000800010112000300000001000${value}000000000000`, 'hex')

describe('lossless WebP', () => {
  it('is read exactly', async () => {
    const mask = await decode(still, { color: 'rgb24' })
    expect([...mask.map.labels]).toEqual(ids)
    expect(mask).toMatchObject({ format: 'webp', encoding: 'webp-rgb8:r+256g+65536b', warnings: [] })
  })

  it('is read the same with a profile, metadata and unknown chunks around it', async () => {
    const extended = chunk('VP8X', Buffer.from('2c000000160000', 'hex'))
    const file = riff(
      extended,
      chunk('ICCP', Buffer.alloc(77, 1)),
      stream,
      chunk('EXIF', exif(1)),
      chunk('ZZZZ', rgb),
    )
    expect([...(await decode(file, { color: 'rgb24' })).map.labels]).toEqual(ids)
  })

  it('with bytes after it is read, with a warning', async () => {
    const { warnings } = await decode(Buffer.concat([still, Buffer.alloc(5)]), { color: 'rgb24' })
    expect(warnings.map(({ code }) => code)).toEqual(['TRAILING_DATA'])
  })

  it('ending early is refused, wherever', async () => {
    for (let end = 12; end < still.length; end += 7)
      expect((await refusalOf(still.subarray(0, end))).code, `cut at ${end}`).toBe('TRUNCATED')
  })

  it.each([
    ['ORIENTATION', riff(stream, chunk('EXIF', exif(6)))],
    ['ANIMATED', riff(chunk('ANIM', Buffer.alloc(6)), chunk('ANMF', Buffer.alloc(30)))],
    ['LOSSY_FORMAT', riff(chunk('ALPH', Buffer.alloc(6)), chunk('VP8 ', Buffer.alloc(30)))],
    ['CORRUPT', riff(stream, stream)],
    ['CORRUPT', riff(chunk('EXIF', exif(1)))],
    ['CORRUPT', riff(chunk('VP8L', Buffer.alloc(30)))],
    ['CORRUPT', riff(chunk('VP8L', stream.subarray(8, 40)))],
    ['CORRUPT', riff(stream, Buffer.alloc(3))],
    ['TRUNCATED', riff(stream, chunk('ZZZZ', rgb).subarray(0, 40))],
  ])('%s', async (code, file) => {
    expect(await refusalOf(file, { color: 'rgb24' })).toMatchObject({ code })
  })

  it('that claims a size beyond the limits is refused', async () => {
    const large = Buffer.from(still)
    large.writeUInt32LE(0x0fffffff, 21)
    expect((await refusalOf(large)).code).toBe('IMAGE_TOO_LARGE')
  })
})

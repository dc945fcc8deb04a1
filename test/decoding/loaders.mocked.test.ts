import { readFileSync } from 'node:fs'
import realSharp from 'sharp'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { refusalOf } from './refusal-of.ts'

const calls = vi.hoisted(() => ({ count: 0 }))
vi.mock('sharp', async (original) => {
  const { default: sharp } = await original<{ default: typeof realSharp }>()
  const counted = (...input: Parameters<typeof sharp>) => {
    calls.count++
    return sharp(...input)
  }
  return { default: Object.assign(counted, sharp) }
})

const sample = (name: string) => readFileSync(new URL(`../decode-samples/${name}`, import.meta.url))
const latin1 = (text: string) => Buffer.from(text.padEnd(400, '\0'), 'latin1')

const files: Readonly<Record<string, Buffer>> = {
  SVG: sample('svg-16000px-bomb.svg'),
  'SVG behind a byte-order mark': Buffer.concat([
    latin1('\xef\xbb\xbf').subarray(0, 3),
    sample('svg-16000px-bomb.svg'),
  ]),
  PDF: latin1('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj'),
  JPEG: sample('jpeg-q100-exif6.jpg'),
  GIF: sample('gif-animated.gif'),
  BMP: latin1('BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28'),
  AVIF: sample('avif-lossy.avif'),
  HEIF: latin1('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
  PNM: sample('pgm.pgm'),
  'lossy WebP': sample('webp-lossy.webp'),
  'JPEG inside TIFF': sample('tiff-u8-jpeg.tif'),
}

beforeEach(() => {
  calls.count = 0
})

describe('no loader sees', () => {
  it.each(Object.entries(files))('%s', async (_, bytes) => {
    expect((await refusalOf(bytes)).code).toMatch(/^(UNSUPPORTED|LOSSY)_FORMAT$/)
    expect(calls.count).toBe(0)
  })

  it('but a mask is decoded once', async () => {
    await decodeMask(sample('png-grey8.png'), {}, defaultLimits)
    expect(calls.count).toBe(1)
  })
})

describe('if one did, it would be out of reach:', () => {
  it.each(['SVG', 'GIF', 'AVIF'])('%s', async (name) => {
    await expect(realSharp(files[name]).raw().toBuffer()).rejects.toThrow(/unsupported image format/)
  })

  it('a file by its path', async () => {
    const path = new URL('../decode-samples/png-grey8.png', import.meta.url).pathname
    await expect(realSharp(path).raw().toBuffer()).rejects.toThrow()
  })
})

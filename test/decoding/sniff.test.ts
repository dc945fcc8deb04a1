import { describe, expect, it } from 'vitest'
import { sniff } from '../../src/decoding/sniff.ts'
import { refusalOf } from './refusal-of.ts'

const latin1 = (text: string) => Buffer.from(text.padEnd(400, '\0'), 'latin1')

describe('files that are no masks are known by their first bytes', () => {
  it.each([
    ['LOSSY_FORMAT', 'JPEG', '\xff\xd8\xff\xe0\0\x10JFIF'],
    ['LOSSY_FORMAT', 'AVIF', '\0\0\0\x1cftypavif'],
    ['LOSSY_FORMAT', 'HEIF', '\0\0\0\x18ftypheic'],
    ['LOSSY_FORMAT', 'HEIF', '\0\0\0\x18ftypmif1'],
    ['UNSUPPORTED_FORMAT', 'GIF', 'GIF89a'],
    ['UNSUPPORTED_FORMAT', 'BMP', 'BM\x36\0'],
    ['UNSUPPORTED_FORMAT', 'PDF', '%PDF-1.7'],
    ['UNSUPPORTED_FORMAT', 'SVG', '<svg xmlns="http://www.w3.org/2000/svg">'],
    ['UNSUPPORTED_FORMAT', 'SVG', '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg>\n<svg>'],
    ['UNSUPPORTED_FORMAT', 'XML', '<?xml version="1.0"?><annotations>'],
    ['UNSUPPORTED_FORMAT', 'HTML', '<!doctype html><html>'],
    ['UNSUPPORTED_FORMAT', 'JSON', ' {"shapes": []}'],
    ['UNSUPPORTED_FORMAT', 'PNM', 'P5\n4 4\n255\n'],
    ['UNSUPPORTED_FORMAT', 'JPEG XL', '\xff\x0a'],
    ['UNSUPPORTED_FORMAT', 'JPEG 2000', '\0\0\0\x0cjP  \r\n'],
    ['UNSUPPORTED_FORMAT', 'zip', 'PK\x03\x04'],
    ['UNSUPPORTED_FORMAT', 'gzip', '\x1f\x8b\x08'],
    ['UNSUPPORTED_FORMAT', 'NIfTI', `${'\0'.repeat(344)}n+1\0`],
    ['UNSUPPORTED_FORMAT', 'DICOM', `${'\0'.repeat(128)}DICM`],
    ['UNSUPPORTED_FORMAT', 'no format known here', 'a mask, honestly'],
  ])('%s: %s', async (code, name, start) => {
    const refusal = await refusalOf(latin1(start))
    expect(refusal.code).toBe(code)
    expect(refusal.message).toContain(name)
  })

  it('even when they have one byte', async () => {
    for (let byte = 0; byte < 256; byte++)
      expect((await refusalOf(Uint8Array.of(byte))).code).toBe('UNSUPPORTED_FORMAT')
  })
})

it('a file larger than the limit is not looked at', async () => {
  expect((await refusalOf(latin1('GIF89a'), {}, { maxFileBytes: 399 })).code).toBe('INPUT_TOO_LARGE')
})

it.each([
  ['png', '\x89PNG\r\n\x1a\n'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['tiff', 'II+\0'],
  ['tiff', 'MM\0+'],
  ['webp', 'RIFF\x01\x02\x03\x04WEBP'],
  ['npy', '\x93NUMPY'],
])('%s is read', (format, start) => {
  expect(sniff(latin1(start))).toEqual({ format })
})

import { gzipSync } from 'node:zlib'
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
    ['UNSUPPORTED_FORMAT', 'HTML', '\xef\xbb\xbf\r\n <HTML lang="en">'],
    [
      'UNSUPPORTED_FORMAT',
      'HTML',
      '<?xml version="1.0"?>\n<!-- a --><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">',
    ],
    ['UNSUPPORTED_FORMAT', 'HTML', '<head><title>404</title></head>'],
    ['UNSUPPORTED_FORMAT', 'Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a'],
    ['UNSUPPORTED_FORMAT', 'Python pickle', '\x80\x02}q\0'],
    ['UNSUPPORTED_FORMAT', 'MetaImage', 'ObjectType = Tube\nNDims = 3\n'],
    ['UNSUPPORTED_FORMAT', 'segimage2itkimage', `${'\0'.repeat(128)}DICM`],
    ['UNSUPPORTED_FORMAT', 'Zarr', '{"zarr_format": 2}'],
    ['UNSUPPORTED_FORMAT', 'JSON', ' {"shapes": []}'],
    ['UNSUPPORTED_FORMAT', 'PNM', 'P5\n4 4\n255\n'],
    ['UNSUPPORTED_FORMAT', 'JPEG XL', '\xff\x0a'],
    ['UNSUPPORTED_FORMAT', 'JPEG 2000', '\0\0\0\x0cjP  \r\n'],
    ['UNSUPPORTED_FORMAT', 'zip', 'PK\x03\x04'],
    ['UNSUPPORTED_FORMAT', 'gzip', '\x1f\x8b\x08'],
    ['UNSUPPORTED_FORMAT', 'DICOM', `${'\0'.repeat(128)}DICM`],
    ['UNSUPPORTED_FORMAT', 'no format known here', 'a mask, honestly'],
  ])('%s: %s', async (code, name, start) => {
    const refusal = await refusalOf(latin1(start))
    expect(refusal.code).toBe(code)
    expect(refusal.message).toContain(name)
  })

  it.each([
    ['404: Not Found', /text that starts with "404: Not Found".*failed download/],
    ['Access denied.\n', /text that starts with "Access denied\."/],
    ['0,1,1\n2,2,0\n', /a table of numbers.*numpy\.save/],
    ['0 1 1\n2 2 0\n', /a table of numbers/],
  ])('%j is told by its words', async (text, message) => {
    expect((await refusalOf(Buffer.from(text))).message).toMatch(message)
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
  ['mha', 'ObjectType = Image\n'],
  ['nifti', `${'\0'.repeat(344)}n+1\0`],
  ['nifti', '\x1c\x02\0\0n+2\0\r\n\x1a\n'],
  ['nifti', '\x5c\x01\0\0'],
  ['nrrd', 'NRRD0004\n'],
])('%s is read', (format, start) => {
  expect(sniff(latin1(start))).toEqual({ format })
})

describe('a compressed file is told by what it holds', () => {
  const nifti = Buffer.concat([Buffer.from(`${'\0'.repeat(344)}n+1\0`, 'latin1'), Buffer.alloc(100_000, 3)])

  it.each([0, 1, 9])('a NIfTI is one behind gzip, too', (level) => {
    expect(sniff(gzipSync(nifti, { level }))).toEqual({ format: 'nifti' })
  })

  it.each([
    ['DICOM', Buffer.from(`${'\0'.repeat(128)}DICM`, 'latin1'), 'segimage2itkimage'],
    ['HDF5', Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), 'numpy.save'],
    ['PNG', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'uncompressed'],
    ['NPY', Buffer.from('\x93NUMPY\x01\0', 'latin1'), 'uncompressed'],
    ['JPEG', Buffer.from('\xff\xd8\xff\xe0', 'latin1'), 'export the mask again'],
  ])('%s', async (name, inner, advice) => {
    for (const level of [0, 1, 9]) {
      const { message, remedy } = await refusalOf(gzipSync(inner, { level }))
      expect(message).toContain(`is gzip, and what it holds is ${name}.`)
      expect(remedy).toContain(advice)
    }
  })

  it('and else as gzip, also when it is damaged or a bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    for (const bytes of [bomb, bomb.subarray(0, 9), Buffer.from([0x1f, 0x8b, 8, 9, 9, 9]), gzipSync(bomb)])
      expect(await refusalOf(bytes)).toMatchObject({
        code: 'UNSUPPORTED_FORMAT',
        message: 'By its first bytes the file is gzip. Send the file uncompressed.',
      })
  })
})

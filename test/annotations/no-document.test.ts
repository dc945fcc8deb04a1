import { describe, expect, it } from 'vitest'
import { refusalOf } from './grid.ts'
import { pngOf } from './png.ts'
import { readFile } from './read.ts'

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

describe('a file that is no document of the format that is named', () => {
  it.each([
    ['a TIFF', 'II*\0\x08\0\0\0', 'INVALID_ANNOTATION', 'a TIFF and no document of coco: leave `format` out'],
    ['an array', '\x93NUMPY\x01\0', 'INVALID_ANNOTATION', 'leave `format` out'],
    ['a photo', '\xff\xd8\xff\xe0', 'LOSSY_FORMAT', 'JPEG'],
    ['a page of the web', '<!DOCTYPE html><html>', 'UNSUPPORTED_FORMAT', 'HTML'],
    [
      'a Git LFS pointer',
      'version https://git-lfs.github.com/spec/v1\n',
      'UNSUPPORTED_FORMAT',
      'git lfs pull',
    ],
    ['a packed file', '\x1f\x8b\x08\0', 'UNSUPPORTED_FORMAT', 'gzip'],
  ])('says that it is %s', async (_, text, code, words) => {
    const refusal = await refusalOf(() => readFile(bytesOf(text), { format: 'coco' }))
    expect([refusal.code, refusal.message]).toEqual([code, expect.stringContaining(words)])
    expect(refusal.remedy).not.toContain('export the annotation again')
  })

  it('asks for the JSON of a PNG that is the half of an annotation', async () => {
    const png = await pngOf(1, 1, 1, [1])
    expect((await refusalOf(() => readFile(png, { format: 'coco_panoptic' }))).code).toBe('MISSING_PART')
    expect((await refusalOf(() => readFile(png, { format: 'coco' }))).message).toContain(
      'a PNG and no document',
    )
  })

  it('reads lines of text and an empty label file all the same', async () => {
    const yolo = { format: 'yolo_seg', width: 4, height: 4 } as const
    expect((await readFile(bytesOf('0 0 0 1 0 1 1\n'), yolo)).regions.length).toBe(1)
    expect((await readFile(new Uint8Array(), yolo)).regions.length).toBe(0)
  })
})

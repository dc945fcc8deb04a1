import { describe, expect, it } from 'vitest'
import { areas, refusalOf, rowsOf } from './grid.ts'
import { pngOf } from './png.ts'
import { paint, readFile } from './read.ts'
import { type ZipFile, zipOf } from './zip-writer.ts'

/** A COCO document of images 4 × 1; the n-th image has its first n pixels painted. */
const coco = (...names: readonly string[]) => ({
  images: names.map((file_name, at) => ({ id: at + 1, file_name, width: 4, height: 1 })),
  categories: [{ id: 1, name: 'cell' }],
  annotations: names.map((_, at) => ({
    id: at + 1,
    image_id: at + 1,
    category_id: 1,
    segmentation: [[0, 0, at + 1, 0, at + 1, 1, 0, 1]],
  })),
})

const supervisely = (width: number) => ({
  size: { width: 4, height: 1 },
  objects: [
    {
      classTitle: 'cell',
      geometryType: 'rectangle',
      points: {
        exterior: [
          [0, 0],
          [width, 1],
        ],
        interior: [],
      },
    },
  ],
})

const rowOf = async (zip: Uint8Array, options: Parameters<typeof readFile>[1] = {}) =>
  rowsOf(paint(await readFile(zip, options)).map)[0]

describe('a zip with several documents', () => {
  const subsets = zipOf(
    { name: 'README.txt', content: 'x' },
    { name: 'annotations/instances_Train.json', content: coco('a.jpg', 'b.jpg') },
    { name: 'annotations/instances_Test.json', content: coco('c.jpg', 'd.jpg', 'a.jpg') },
  )

  it('reads the one that knows the image', async () => {
    expect(await rowOf(subsets, { image: 'b.jpg' })).toBe('11..')
    expect(await rowOf(subsets, { image: 'c' })).toBe('1...')
  })

  it('asks which one is meant where several know the image, and takes the subset before its name', async () => {
    const refusal = await refusalOf(() => readFile(subsets, { image: 'a.jpg' }))
    expect(refusal.message).toContain('`document`')
    expect(refusal.message).toContain('annotations/instances_Train.json, annotations/instances_Test.json')
    expect(await rowOf(subsets, { image: 'Train/a.jpg' })).toBe('1...')
    expect(await rowOf(subsets, { image: 'Test/a.jpg' })).toBe('111.')
    expect(await rowOf(subsets, { image: 'a.jpg', document: 'instances_Test.json' })).toBe('111.')
  })

  it('refuses an image that none of them knows, and a document that is not there', async () => {
    expect((await refusalOf(() => readFile(subsets, { image: 'x.jpg' }))).message).toContain(
      'none is or lists "x.jpg"',
    )
    const refusal = await refusalOf(() => readFile(subsets, { document: 'x.json' }))
    expect(refusal.message).toContain('holds no document "x.json", only annotations/instances_Train.json')
  })

  it('takes the document with the name of the image before any that lists images', async () => {
    const zip = zipOf(
      { name: 'meta.json', content: { classes: [{ title: 'cell' }], tags: [] } },
      { name: 'one/ann/a.jpg.json', content: supervisely(1) },
      { name: 'two/ann/a.jpg.json', content: supervisely(2) },
      { name: 'two/ann/b.jpg.json', content: supervisely(3) },
      { name: 'two/img/b.jpg', content: 'photo' },
    )
    expect(await rowOf(zip, { image: 'b.jpg' })).toBe('111.')
    expect(await rowOf(zip, { image: 'two/a.jpg' })).toBe('11..')
    expect(await rowOf(zip, { image: 'one/img/a.jpg' })).toBe('1...')
    expect((await refusalOf(() => readFile(zip, { image: 'a.jpg' }))).message).toContain(
      'one/ann/a.jpg.json, two/ann/a.jpg.json',
    )
  })

  it('passes over descriptions, and reads the only annotation among them', async () => {
    const zip = zipOf(
      { name: 'classes.json', content: [{ id: 1, name: 'cell' }] },
      { name: 'info.json', content: { version: 1 } },
      { name: 'labels.json', content: coco('a.jpg') },
    )
    expect(await rowOf(zip)).toBe('1...')
  })

  it('says which document cannot be parsed, unless another knows the image', async () => {
    const zip = zipOf({ name: 'x.json', content: '{"a": ' }, { name: 'y.json', content: coco('a.jpg') })
    const refusal = await refusalOf(() => readFile(zip))
    expect([refusal.code, refusal.message]).toEqual([
      'MALFORMED_JSON',
      expect.stringContaining('"x.json" in the zip'),
    ])
    expect(await rowOf(zip, { image: 'a.jpg' })).toBe('1...')
  })

  it('bounds what is looked through', async () => {
    const long = { ...coco('a.jpg'), info: 'x'.repeat(100) }
    expect(await rowOf(zipOf({ name: 'x.json', content: long }, { name: 'y.json', content: {} }))).toBe(
      '1...',
    )
  })
})

describe('what is beside the masks of a zip', () => {
  const mask = async () => ({ name: 'masks/a.png', content: await pngOf(2, 1, 1, [0, 7]) })
  const opened = async (...files: ZipFile[]) => refusalOf(() => readFile(zipOf(...files)))

  it('is no annotation where nothing is drawn in it', async () => {
    const message = 'this is a mask and no annotation'
    await expect(
      readFile(zipOf({ name: 'meta.json', content: { label_map: { 0: 'bg' } } }, await mask())),
    ).rejects.toThrow(message)
    await expect(
      readFile(
        zipOf(
          await mask(),
          { name: '__MACOSX/masks/._a.png', content: 'x' },
          { name: '.DS_Store', content: 'x' },
        ),
      ),
    ).rejects.toThrow(message)
  })

  it('is refused where it has shapes in a form that is not known', async () => {
    const unknown = {
      name: 'a.json',
      content: {
        things: [
          {
            polygon: [
              [0, 0],
              [1, 0],
              [1, 1],
            ],
          },
        ],
      },
    }
    const refusal = await opened(await mask(), unknown)
    expect([refusal.code, refusal.message]).toEqual([
      'UNSUPPORTED_FORMAT',
      expect.stringContaining('{things}'),
    ])
    const voc = '<annotation><object><bndbox><xmin>1</xmin></bndbox></object></annotation>'
    expect((await opened(await mask(), { name: 'a.xml', content: voc })).message).toContain('Pascal VOC')
  })
})

describe('zips as other programs make them', () => {
  it('reads names with backslashes as paths', async () => {
    const zip = zipOf(
      { name: 'ann\\train\\a.json', content: coco('a.jpg') },
      { name: 'ann\\valid\\a.json', content: coco('x.jpg', 'a.jpg') },
    )
    expect(await rowOf(zip, { image: 'train\\a.jpg' })).toBe('1...')
  })

  it('reads the label file of a YOLO project that has the name of the image', async () => {
    const zip = zipOf(
      { name: 'data.yaml', content: 'names: [cell]' },
      { name: 'train/labels/a.txt', content: '1 0.25 0.5 0.5 1\n' },
      { name: 'valid/labels/a.txt', content: '1 0.5 0.5 1 1\n' },
      { name: 'valid/labels/b.txt', content: '' },
      { name: 'train/images/a.jpg', content: 'photo' },
    )
    const size = { width: 4, height: 1 }
    expect(await rowOf(zip, { image: 'train/images/a.jpg', ...size })).toBe('11..')
    expect(await rowOf(zip, { image: 'valid/a', ...size, format: 'yolo_seg' })).toBe('1111')
    expect(await rowOf(zip, { image: 'b', ...size })).toBe('....')
    expect((await refusalOf(() => readFile(zip, { image: 'a', ...size }))).message).toContain(
      'valid/labels/a.txt',
    )
  })

  it('says what an encrypted file, or one of a method that is not read, needs', async () => {
    const png = { name: 'a.png', content: await pngOf(1, 1, 1, [1]) }
    const encrypted = await refusalOf(() => readFile(zipOf({ ...png, flags: 1 })))
    expect([encrypted.code, encrypted.remedy]).toEqual([
      'UNSUPPORTED_COMPRESSION',
      'Zip it again without a password.',
    ])
  })

  it('tells that a `format` contradicts the folders of a mask export', async () => {
    const zip = zipOf({ name: 'SegmentationClass/a.png', content: await pngOf(1, 1, 3, [0, 0, 0]) })
    for (const format of ['kaggle_rle', 'label_studio'] as const) {
      const refusal = await refusalOf(() => readFile(zip, { format }))
      expect([refusal.code, refusal.message]).toEqual([
        'UNSUPPORTED_FORMAT',
        expect.stringContaining('Leave `format` out: by its folders it is segmentation_mask'),
      ])
    }
    expect(areas(paint(await readFile(zip)).map)).toEqual({})
  })
})

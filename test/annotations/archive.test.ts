import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { assignLabels } from '../../src/annotations/label-names.ts'
import { defaultLimits } from '../../src/limits.ts'
import { readMasks } from '../../src/scoring/masks/read-masks.ts'
import { areas, refusalOf, rowsOf } from './grid.ts'
import { pngOf } from './png.ts'
import { paint, readFile } from './read.ts'
import { sample, sampleTest } from './samples.ts'
import { type ZipFile, zipOf } from './zip-writer.ts'

const labelmap = '# label:color_rgb:parts:actions\nCell:250,50,83::\nLeaf:36,179,83::\nbackground:0,0,0::\n'
const cell = [250, 50, 83]
const leaf = [36, 179, 83]
const none = [0, 0, 0]

const mask = async (colours: number[][], folder = 'SegmentationClass', stem = 'a'): Promise<ZipFile> => ({
  name: `${folder}/${stem}.png`,
  content: await pngOf(colours.length, 1, 3, colours.flat()),
})
const objectsOf = async (zip: Uint8Array) => {
  const toRead = [{ input: { kind: 'file', bytes: zip } as const, options: {}, pointer: '/prediction' }]
  const { masks } = await readMasks(toRead, { limits: defaultLimits, pngDecoder: 'auto' })
  return masks[0].objects!()
}

describe('"Segmentation mask 1.1"', () => {
  it('numbers colours in the order of the list, and background 0', async () => {
    const zip = zipOf({ name: 'labelmap.txt', content: labelmap }, await mask([leaf, none, cell, cell]))
    const image = await readFile(zip)
    expect(image.format).toBe('segmentation_mask')
    const { map, names } = paint(image)
    expect(rowsOf(map)).toEqual(['2.11'])
    expect([...names!]).toEqual([
      [1, 'Cell'],
      [2, 'Leaf'],
      [0, 'background'],
    ])
  })

  it('reads the grey of a class image as the line of the list', async () => {
    const grey = { name: 'SegmentationClass/a.png', content: await pngOf(3, 1, 1, [1, 0, 2]) }
    const { map } = paint(await readFile(zipOf({ name: 'labelmap.txt', content: labelmap }, grey)))
    expect(rowsOf(map)).toEqual(['21.'])
  })

  it('takes the colours of Pascal VOC without a list, and 224, 224, 192 for void', async () => {
    const zip = zipOf(
      await mask([
        [128, 0, 0],
        [0, 128, 0],
        [192, 128, 128],
        [224, 224, 192],
      ]),
    )
    expect([...paint(await readFile(zip)).map.labels]).toEqual([1, 2, 15, 255])
  })

  it('asks for no class for labels of the list that the image does not show', async () => {
    const zip = zipOf({ name: 'labelmap.txt', content: labelmap }, await mask([leaf, none]))
    const image = await readFile(zip)
    expect(
      assignLabels(
        [image],
        new Map([
          [0, 'background'],
          [9, 'Leaf'],
        ]),
      ).names.get(9),
    ).toBe('Leaf')
    expect(image.regions.length).toBe(2)
  })

  it('takes the image of several that is named by its file, with or without the ending', async () => {
    const zip = zipOf(
      { name: 'labelmap.txt', content: labelmap },
      await mask([cell, none]),
      await mask([leaf, leaf], 'SegmentationClass', 'b'),
    )
    for (const image of ['b', 'b.png', 'SegmentationClass/b.png'])
      expect(areas(paint(await readFile(zip, { image })).map)).toEqual({ 2: 2 })
    expect((await refusalOf(() => readFile(zip))).message).toContain('SegmentationClass/a.png')
  })

  it('reads class images that lie in folders, as the photos did', async () => {
    const zip = zipOf(
      { name: 'labelmap.txt', content: labelmap },
      await mask([cell, none], 'SegmentationClass/sub'),
      await mask([[128, 0, 0], none], 'SegmentationObject/sub'),
    )
    expect(rowsOf(paint(await readFile(zip)).map)).toEqual(['1.'])
  })

  it('takes an image of objects alone for no mask', async () => {
    const zip = zipOf(await mask([[128, 0, 0], none], 'SegmentationObject'))
    expect((await refusalOf(() => readFile(zip))).message).toContain('holds no mask')
  })

  it('tells objects apart by their own image, and takes background for none', async () => {
    const [one, two] = [
      [128, 0, 0],
      [0, 128, 0],
    ]
    const zip = zipOf(
      { name: 'labelmap.txt', content: labelmap },
      await mask([cell, cell, leaf, none]),
      await mask([one, two, two, none], 'SegmentationObject'),
    )
    const { shown, list } = await objectsOf(zip)
    expect([...shown().labels]).toEqual([1, 2, 3, 0])
    expect(list.map(({ category, runs }) => [category, ...runs])).toEqual([
      [1, 0, 1],
      [1, 1, 2],
      [2, 2, 3],
    ])
  })

  it('warns that colours of objects may repeat from 255 objects on', async () => {
    const colours = (count: number) => Array.from({ length: count }, (_, index) => [index % 256, 7, 9])
    const zip = async (count: number) =>
      zipOf(
        { name: 'labelmap.txt', content: labelmap },
        await mask(Array(count).fill(cell)),
        await mask(colours(count), 'SegmentationObject'),
      )
    expect((await readFile(await zip(255))).warnings).toEqual([])
    expect((await readFile(await zip(300))).warnings.map(({ code }) => code)).toEqual([
      'OBJECTS_MAY_BE_JOINED',
    ])
  })

  it.each([
    ['a colour that is no label', labelmap, [9, 9, 9], 'COLOR_NOT_IN_MAP'],
    ['a line that is none', 'Cell 1 2 3', cell, 'INVALID_ANNOTATION'],
    ['one colour for two labels', 'a:1,2,3::\nb:1,2,3::', cell, 'INVALID_ANNOTATION'],
    ['a channel over 255', 'a:1,2,300::', cell, 'INVALID_ANNOTATION'],
  ])('refuses %s', async (_, list, colour, code) => {
    const zip = zipOf({ name: 'labelmap.txt', content: list }, await mask([none, colour]))
    expect((await refusalOf(() => readFile(zip))).code).toBe(code)
  })

  it('refuses an image of objects of another size', async () => {
    const zip = zipOf(await mask([none, none]), await mask([none], 'SegmentationObject'))
    expect((await refusalOf(() => readFile(zip))).code).toBe('INVALID_ANNOTATION')
  })

  sampleTest('gives the constructed exports the areas of the editor they follow', async () => {
    const areasOf = async (name: string) =>
      areas(paint(await readFile(sample(`cvat/constructed_segmentation_mask_1.1_${name}.zip`))).map)
    expect(await areasOf('gt')).toEqual({ 1: 7681, 2: 8680 })
    expect(await areasOf('ann_b')).toEqual({ 1: 7580, 2: 8695 })
  })
})

describe('a zip of plain masks', () => {
  const png = async (name: string, labels: number[]) => ({
    name,
    content: await pngOf(labels.length, 1, 1, labels),
  })
  const open = async (zip: Uint8Array, image?: string) => {
    const input = { kind: 'file', bytes: zip } as const
    const toRead = [{ input, options: image === undefined ? {} : { image }, pointer: '/mask' }]
    return (await readMasks(toRead, { limits: defaultLimits, pngDecoder: 'auto' })).masks[0]
  }

  it('reads the only one, or the one that is named, and takes the fingerprint of the upload', async () => {
    const alone = zipOf(await png('masks/a.png', [0, 7]))
    const mask = await open(alone)
    expect([...mask.map.labels]).toEqual([0, 7])
    expect(mask.sha256).toBe(createHash('sha256').update(alone).digest('hex'))
    const two = zipOf(await png('masks/a.png', [0, 7]), await png('masks/b.png', [9, 9]))
    expect([...(await open(two, 'b.jpg')).map.labels]).toEqual([9, 9])
    const refusal = await refusalOf(() => open(two))
    expect([refusal.errors[0].pointer, refusal.message]).toEqual([
      '/mask',
      expect.stringContaining('masks/a.png, masks/b.png'),
    ])
  })
})

describe('Pascal VOC', () => {
  sampleTest("Datumaro's class image, with its own list and without one", async () => {
    const png = {
      name: 'SegmentationClass/a.png',
      content: sample('voc/voc_dataset1__SegmentationClass__2007_000001.png'),
    }
    const object = {
      name: 'SegmentationObject/a.png',
      content: sample('voc/voc_dataset1__SegmentationObject__2007_000001.png'),
    }
    const list = { name: 'labelmap.txt', content: sample('voc/voc_dataset2__labelmap.txt') }
    const named = paint(await readFile(zipOf(list, png, object)))
    expect([areas(named.map), named.names!.get(2)]).toEqual([{ 2: 200 }, 'bicycle'])
    expect(areas(paint(await readFile(zipOf(png, object))).map)).toEqual({ 2: 200 })
  })

  it('makes the colour of void label 255, whatever a list calls it', async () => {
    const list = {
      name: 'labelmap.txt',
      content: 'background:0,0,0::\ncell:1,2,3::\nignored:224,224,192::\n',
    }
    const { map, names } = paint(await readFile(zipOf(list, await mask([[1, 2, 3], [224, 224, 192], none]))))
    expect([...map.labels]).toEqual([1, 255, 0])
    expect(names!.get(255)).toBe('ignored')
  })
})

describe('other exports', () => {
  const xml = `<annotations>${[0, 1]
    .map(
      (id) =>
        `<image id="${id}" name="f${id}.png" width="3" height="1"><box label="car" xtl="${id}" ytl="0" xbr="${id + 1}" ybr="1"/></image>`,
    )
    .join('')}</annotations>`

  it('reads the annotations.xml of "CVAT for images 1.1" and leaves its photos alone', async () => {
    const zip = zipOf(
      { name: 'annotations.xml', content: xml },
      { name: 'images/f0.png', content: 'not looked at' },
    )
    const image = await readFile(zip, { image: 'f1.png' })
    expect(image.format).toBe('cvat_shapes')
    expect(rowsOf(paint(image).map)).toEqual(['.1.'])
  })

  it('reads the JSON of COCO panoptic with the PNG that it names', async () => {
    const annotation = (stem: string, id: number) => ({
      image_id: id,
      file_name: `${stem}.png`,
      segments_info: [{ id, category_id: 4, iscrowd: 0 }],
    })
    const document = {
      categories: [{ id: 4, name: 'sky' }],
      annotations: [annotation('a', 1), annotation('b', 2)],
    }
    const png = async (stem: string, id: number) => ({
      name: `panoptic/${stem}.png`,
      content: await pngOf(2, 1, 3, [id, 0, 0, 0, 0, 0]),
    })
    const zip = zipOf({ name: 'panoptic.json', content: document }, await png('a', 1), await png('b', 2))
    for (const image of ['b.png', 'b', 2])
      expect(rowsOf(paint(await readFile(zip, { image })).map)).toEqual(['4.'])
    expect((await refusalOf(() => readFile(zip))).message).toContain('`image`')
  })

  it('reads the JSON that is named of several', async () => {
    const labelme = (label: string) => ({
      shapes: [
        {
          label,
          shape_type: 'rectangle',
          points: [
            [0, 0],
            [1, 0],
          ],
        },
      ],
      imageWidth: 3,
      imageHeight: 1,
    })
    const zip = zipOf(
      { name: 'x/a.json', content: labelme('cat') },
      { name: 'x/b.json', content: labelme('dog') },
    )
    const image = await readFile(zip, { image: 'b' })
    expect([image.format, image.polygonFill]).toEqual(['labelme', 'inclusive'])
    expect([...paint(image).names!.values()]).toEqual(['dog'])
    expect((await refusalOf(() => readFile(zip))).message).toContain('x/a.json, x/b.json')
  })

  it('inflates only the entries that are needed', async () => {
    const broken = { name: 'a.jpg', content: 'photo', crc: 1 }
    expect(
      (await readFile(zipOf(broken, { name: 'annotations.xml', content: xml }), { image: 1 })).regions.length,
    ).toBe(1)
  })

  it('refuses a zip without a mask and an annotation, and says what it holds', async () => {
    const photos = zipOf({ name: 'a.jpg', content: 'x' }, { name: 'b.jpg', content: 'x' })
    const refusal = await refusalOf(() => readFile(photos))
    expect([refusal.code, refusal.message]).toEqual([
      'UNSUPPORTED_FORMAT',
      expect.stringContaining('it holds a.jpg and 1 more'),
    ])
  })

  it('refuses a `format` that the document does not have, in a zip too', async () => {
    const zip = zipOf({ name: 'annotations.xml', content: xml })
    expect((await refusalOf(() => readFile(zip, { format: 'coco', image: 0 }))).code).toBe('MALFORMED_JSON')
    const masks = zipOf(await mask([[128, 0, 0], none]))
    const refusal = await refusalOf(() => readFile(masks, { format: 'coco' }))
    expect([refusal.code, refusal.message]).toEqual([
      'UNSUPPORTED_FORMAT',
      expect.stringContaining('no document of coco (JSON, XML); it holds SegmentationClass/a.png'),
    ])
    expect((await readFile(masks, { format: 'segmentation_mask' })).format).toBe('segmentation_mask')
  })
})

import { describe, expect, it } from 'vitest'
import { assignLabels } from '../../../../src/annotations/label-names.ts'
import { paintAnnotation } from '../../../../src/annotations/paint.ts'
import { defaultLimits } from '../../../../src/limits.ts'
import { areas, refusalOf, rowsOf } from '../../grid.ts'
import { paint, read, readAndPaint, readFile } from '../../read.ts'
import { sampleJson, sampleTest } from '../../samples.ts'

const categories = [
  { id: 3, name: 'cat' },
  { id: 7, name: 'dog' },
]
const images = [
  { id: 1, width: 4, height: 3, file_name: 'folder/a.jpg' },
  { id: 2, width: 2, height: 2, file_name: 'b.jpg' },
]
const box = (left: number, top: number, right: number, bottom: number) => [
  [left, top, right, top, right, bottom, left, bottom],
]
const annotation = (image_id: number, category_id: number, segmentation: unknown, more: object = {}) => ({
  id: 1,
  image_id,
  category_id,
  segmentation,
  iscrowd: 0,
  ...more,
})
const dataset = (...annotations: object[]) => ({ images, categories, annotations })

describe('a dataset', () => {
  it('keeps the numbers and names of categories, and paints later annotations on top', async () => {
    const data = dataset(
      annotation(1, 7, box(0, 0, 3, 2)),
      annotation(1, 3, { size: [3, 4], counts: [4, 1, 7] }),
      annotation(2, 3, box(0, 0, 1, 1)),
    )
    const { map, names } = await readAndPaint(data, { image: 1 })
    expect(rowsOf(map)).toEqual(['777.', '737.', '....'])
    expect([...names!]).toEqual([
      [7, 'dog'],
      [3, 'cat'],
    ])
    expect(rowsOf((await readAndPaint(data, { image: 'b.jpg' })).map)).toEqual(['3.', '..'])
  })

  it('asks for the name of one image of several: its id, file name or path', async () => {
    const data = dataset(annotation(1, 3, box(0, 0, 1, 1)))
    for (const image of [1, '1', 'folder/a.jpg', 'a.jpg'])
      expect(areas((await readAndPaint(data, { image })).map)).toEqual({ 3: 1 })
    expect((await refusalOf(() => read(data))).message).toContain('folder/a.jpg, b.jpg')
    expect((await refusalOf(() => read(data, { image: 'c.jpg' }))).message).toContain('c.jpg')
  })

  it('tells ids beyond 2^53 apart, and takes them as names', async () => {
    const [one, other] = ['9007199254740993', '9007199254740992']
    const text = JSON.stringify({
      images: [
        { id: 1, width: 4, height: 1, file_name: 'a.jpg' },
        { id: 2, width: 4, height: 1, file_name: 'b.jpg' },
      ],
      categories,
      annotations: [annotation(1, 3, box(0, 0, 1, 1)), annotation(2, 7, box(2, 0, 4, 1))],
    })
      .replaceAll(/("image_id":|images":\[{"id":)1/g, `$1${one}`)
      .replaceAll(/("image_id":|},{"id":)2/g, `$1${other}`)
    const rows = async (image: string) => rowsOf(paint(await readFile(Buffer.from(text), { image })).map)
    for (const image of ['a.jpg', one]) expect(await rows(image)).toEqual(['3...'])
    for (const image of ['b.jpg', other]) expect(await rows(image)).toEqual(['..77'])
  })

  it('counts annotations of one id as two objects', async () => {
    const { regions } = await read(
      dataset(annotation(1, 3, box(0, 0, 1, 1)), annotation(1, 7, box(2, 0, 3, 1))),
      { image: 1 },
    )
    expect(new Set(regions.map(({ instance }) => instance)).size).toBe(2)
  })

  it('adds up the parts of an object, so that a part within another is no hole, by the rule of the option', async () => {
    const parts = [...box(0, 0, 4, 3), ...box(1, 1, 2, 2)]
    expect(areas((await readAndPaint(dataset(annotation(1, 3, parts)), { image: 1 })).map)).toEqual({ 3: 12 })
    const one = dataset(annotation(1, 3, box(0, 0, 2, 1)))
    expect(areas((await readAndPaint(one, { image: 1 })).map)).toEqual({ 3: 2 })
    const inclusive = await read(one, { image: 1, polygon_fill: 'inclusive' })
    expect(areas(paint(inclusive).map)).toEqual({ 3: 6 })
    expect(inclusive.polygonFill).toBe('inclusive')
  })

  it('reads four numbers as a box, as pycocotools does, with a warning', async () => {
    const image = await read(dataset(annotation(1, 3, [[1, 0, 2, 3]])), { image: 1 })
    expect(rowsOf(paint(image).map)).toEqual(['.33.', '.33.', '.33.'])
    expect(image.warnings.map(({ code }) => code)).toEqual(['READ_AS_BOX'])
  })

  it('leaves an annotation with a box only out with a warning', async () => {
    const image = await read(
      dataset(annotation(1, 3, []), annotation(1, 3, undefined), annotation(1, 7, box(0, 0, 1, 1))),
      { image: 1 },
    )
    expect(image.regions.length).toBe(1)
    expect(image.warnings.map(({ code }) => code)).toEqual(['REGION_SKIPPED'])
  })

  it.each([
    ['a category that is not listed', annotation(1, 4, box(0, 0, 1, 1)), '/annotations/0/category_id'],
    [
      'runs of another size',
      annotation(1, 3, { size: [4, 3], counts: [12] }),
      '/annotations/0/segmentation/size',
    ],
    [
      'runs past the end',
      annotation(1, 3, { size: [3, 4], counts: 'o4' }),
      '/annotations/0/segmentation/counts',
    ],
    ['half a vertex', annotation(1, 3, [[1, 2, 3, 4, 5]]), '/annotations/0/segmentation/0'],
    ['a text for a segmentation', annotation(1, 3, 'x'), '/annotations/0/segmentation'],
  ])('refuses %s', async (_, wrong, pointer) => {
    const refusal = await refusalOf(() => readAndPaint(dataset(wrong), { image: 1 }))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.errors[0].pointer).toBe(pointer)
  })
})

describe('crowds', () => {
  const crowd = annotation(1, 3, { size: [3, 4], counts: [0, 6, 6] }, { iscrowd: 1 })
  const data = dataset(crowd, annotation(1, 7, box(3, 0, 4, 3)))

  it("CVAT's exports mark every brush mask as a crowd: by default they are objects, with a warning", async () => {
    const image = await read(data, { image: 1 })
    expect(rowsOf(paint(image).map)).toEqual(['33.7', '33.7', '33.7'])
    expect(paint(image).ignored).toEqual([])
    expect(image.warnings.map(({ code }) => code)).toEqual(['CROWD_REGIONS'])
  })

  it('get a label that no class has and are left out, when asked to', async () => {
    const image = await read(data, { image: 1, crowd: 'ignore' })
    expect(rowsOf(paint(image).map)).toEqual(['11.7', '11.7', '11.7'])
    expect(paint(image).ignored).toEqual([1])
    expect(image.warnings).toEqual([])
  })
})

describe('a results file', () => {
  const result = (image_id: number, more: object = {}) => ({
    image_id,
    category_id: 2,
    segmentation: { size: [2, 3], counts: '22' + '2' },
    score: 0.5,
    ...more,
  })

  it('takes the size of the image from the runs', async () => {
    expect(rowsOf((await readAndPaint([result(9)])).map)).toEqual(['.2.', '.2.'])
    const two = [result(9), result(10)]
    expect((await refusalOf(() => read(two))).message).toContain('9, 10')
    expect((await read(two, { image: 10 })).regions.length).toBe(1)
  })

  it('does not say the size with polygons alone', async () => {
    const polygons = [result(9, { segmentation: box(0, 0, 1, 1) })]
    expect((await refusalOf(() => read(polygons))).message).toContain('`width` and `height`')
    expect(areas((await readAndPaint(polygons, { width: 3, height: 2 })).map)).toEqual({ 2: 1 })
  })
})

describe('samples', () => {
  sampleTest(
    "labelme's COCO export states the areas of its own drawing: the inclusive rule's, to a pixel",
    async () => {
      const data = sampleJson('coco/labelme_coco_annotations.json')
      let checked = 0
      for (const { id } of data.images) {
        const image = await read(data, { image: id, polygon_fill: 'inclusive' })
        const stated = data.annotations.filter((entry: { image_id: number }) => entry.image_id === id)
        for (const [index, region] of image.regions.entries()) {
          const alone = { ...image, regions: [region] }
          const { map } = paintAnnotation(alone, assignLabels([alone]), defaultLimits)
          const [area] = Object.values(areas(map))
          expect(Math.abs(area - stated[index].area)).toBeLessThanOrEqual(1)
          checked++
        }
      }
      expect(checked).toBe(12)
    },
  )

  sampleTest('reads polygons, uncompressed runs and crowds of Datumaro', async () => {
    const { map } = await readAndPaint(sampleJson('coco/datumaro_instances_val.json'))
    expect(rowsOf(map)).toEqual([...Array(10).fill('22...')])
    const stuff = await readAndPaint(sampleJson('coco/datumaro_stuff_train.json'))
    expect(rowsOf(stuff.map)).toEqual(Array(5).fill('..11.11...'))
    const boxes = await read(sampleJson('coco/datumaro_instances_train.json'))
    expect([boxes.regions.length, boxes.warnings.map(({ code }) => code)]).toEqual([0, ['REGION_SKIPPED']])
  })

  sampleTest('reads one image without categories of Segment Anything', async () => {
    const { map } = await readAndPaint(sampleJson('segment-anything/segment_anything_dataset__a.json'))
    expect(areas(map)).toEqual({ 1: 4 })
  })

  it('keeps an annotation without a category apart from those with one, and refuses categories that are no list', async () => {
    const segmentation = [[0, 0, 2, 0, 2, 2, 0, 2]]
    const dataset = {
      images: [{ id: 1, width: 4, height: 4 }],
      categories: [{ id: 1, name: 'cell' }],
      annotations: [
        { id: 1, image_id: 1, category_id: 1, segmentation },
        { id: 2, image_id: 1, segmentation },
      ],
    }
    const { regions, warnings } = await read(dataset)
    expect(regions[1].label).toEqual({ kind: 'name', name: 'unlabelled' })
    expect(warnings).toMatchObject([{ code: 'UNLABELLED_REGIONS' }])
    const refusal = await refusalOf(() => read({ ...dataset, categories: { 1: 'cell' } }))
    expect(refusal.errors[0].pointer).toBe('/categories')
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { areas, refusalOf, rowsOf } from '../../grid.ts'
import { pngOf } from '../../png.ts'
import { paint, read, readFile } from '../../read.ts'
import { sample, sampleJson, sampleTest } from '../../samples.ts'

const categories = [
  { id: 3, name: 'cat', isthing: 1 },
  { id: 9, name: 'sky', isthing: 0 },
]
/** Ids 1, 258 = 2 + 256 · 1, 65536 and void. */
const colours = [1, 0, 0, 2, 1, 0, 0, 0, 1, 0, 0, 0]
const ids = () => pngOf(2, 2, 3, colours)
const segment = (id: number, category_id: number, more: object = {}) => ({
  id,
  category_id,
  iscrowd: 0,
  ...more,
})
const all = [segment(1, 3), segment(258, 9), segment(65_536, 3)]
const document = (segments: object[] = all) => ({
  categories,
  annotations: [{ image_id: 5, file_name: 'a.png', segments_info: segments }],
})

describe('coco_panoptic', () => {
  it('reads ids as R + 256 G + 65536 B, and 0 as no segment', async () => {
    const image = await read(document(), { png: await ids() })
    expect(rowsOf(paint(image).map)).toEqual(['39', '3.'])
    expect(image.regions.map(({ instance, isThing }) => [instance, isThing])).toEqual([
      ['1', true],
      ['258', false],
      ['65536', true],
    ])
    expect([...paint(image).names!]).toEqual([
      [3, 'cat'],
      [9, 'sky'],
    ])
  })

  it('reads a PNG file with its JSON', async () => {
    const sidecar = new TextEncoder().encode(JSON.stringify(document()))
    const { map } = paint(await readFile(await ids(), {}, sidecar))
    expect(rowsOf(map)).toEqual(['39', '3.'])
  })

  it('reads one annotation alone, without categories', async () => {
    const { map } = paint(await read(document().annotations[0], { png: await ids() }))
    expect(rowsOf(map)).toEqual(['39', '3.'])
  })

  it('takes the image of several that is named by id or file', async () => {
    const two = document()
    two.annotations.push({ image_id: 6, file_name: 'b.png', segments_info: [segment(8, 3)] })
    expect((await refusalOf(async () => read(two, { png: await ids() }))).message).toContain('a.png, b.png')
    expect(areas(paint(await read(two, { png: await ids(), image: 5 })).map)).toEqual({ 3: 2, 9: 1 })
  })

  it('leaves crowds out when asked to', async () => {
    const data = document([segment(1, 3, { iscrowd: 1 }), segment(258, 9), segment(65_536, 3)])
    const { map, ignored } = paint(await read(data, { png: await ids(), crowd: 'ignore' }))
    expect(rowsOf(map)).toEqual(['19', '3.'])
    expect(ignored).toEqual([1])
  })

  it.each([
    ['an id of the PNG that the JSON lacks', all.slice(1), '/annotations/0/segments_info'],
    ['an id of the JSON that the PNG lacks', [...all, segment(77, 3)], '/annotations/0/segments_info/3/id'],
    ['an id that stands twice', [...all, segment(1, 9)], '/annotations/0/segments_info/3/id'],
    ['a segment with the id of void', [segment(0, 3), ...all], '/annotations/0/segments_info/0/id'],
    [
      'a category that is not listed',
      [segment(1, 4), ...all.slice(1)],
      '/annotations/0/segments_info/0/category_id',
    ],
  ])('refuses %s', async (_, segments, pointer) => {
    const refusal = await refusalOf(async () => read(document(segments), { png: await ids() }))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.errors[0].pointer).toBe(pointer)
  })

  it('refuses a JSON without its PNG, a PNG without its JSON, and 16-bit colours', async () => {
    expect((await refusalOf(() => read(document()))).message).toContain('image_data')
    const alone = await refusalOf(async () => readFile(await ids(), { format: 'coco_panoptic' }))
    expect(alone.code).toBe('MISSING_PART')
    const deep = readFileSync(new URL('../../../decode-samples/png-rgb16.png', import.meta.url))
    expect((await refusalOf(() => read(document(), { png: deep }))).message).toContain('16 bits')
  })

  sampleTest("panopticapi's example: the areas of its segments", async () => {
    const data = sampleJson('coco-panoptic/panoptic_examples.json')
    const image = await read(data, { png: sample('coco-panoptic/000000142238.png'), image: 142238 })
    const { segments_info } = data.annotations.find(
      (entry: { image_id: number }) => entry.image_id === 142238,
    )
    const byCategory: Record<number, number> = {}
    for (const { category_id, area } of segments_info)
      byCategory[category_id] = (byCategory[category_id] ?? 0) + area
    expect(areas(paint(image).map)).toEqual(byCategory)
    expect(image.regions.filter(({ crowd }) => crowd).length).toBe(1)
  })

  sampleTest("Datumaro's", async () => {
    const png = sample('coco/datumaro_panoptic_train_a.png')
    const { map } = paint(await read(sampleJson('coco/datumaro_panoptic_train.json'), { png }))
    expect(areas(map)).toEqual({ 1: 20 })
  })
})

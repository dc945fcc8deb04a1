import { describe, expect, it } from 'vitest'
import { refusalOf, rowsOf } from '../grid.ts'
import { read, readAndPaint } from '../read.ts'
import { sampleJson, sampleTest } from '../samples.ts'

const mask = (segmentation: unknown, area: number, more: object = {}) => ({
  segmentation,
  area,
  bbox: [0, 0, 1, 1],
  predicted_iou: 0.9,
  stability_score: 0.95,
  ...more,
})
/** Three rows of four pixels: a square of four pixels in the middle, down the columns. */
const square = { size: [3, 4], counts: [4, 2, 1, 2, 3] }

describe('Segment Anything', () => {
  it('reads counts as numbers and as text, and masks as rows of true and false or 1 and 0', async () => {
    const bits = ['0000', '0110', '0110'].map((row) => [...row].map(Number))
    const codings = [
      square,
      { ...square, counts: '42102' },
      bits,
      bits.map((row) => row.map((bit) => bit === 1)),
    ]
    for (const coding of codings) {
      const { map } = await readAndPaint([mask(coding, 4)])
      expect(rowsOf(map)).toEqual(['....', '.11.', '.11.'])
    }
  })

  it('makes every mask an object, the smaller ones on top, whatever their order', async () => {
    const whole = { size: [3, 4], counts: [0, 12] }
    for (const masks of [
      [mask(square, 4), mask(whole, 12)],
      [mask(whole, 12), mask(square, 4)],
    ]) {
      const image = await read(masks)
      expect(new Set(image.regions.map(({ instance }) => instance)).size).toBe(2)
      expect(image.paintOrder?.map((index) => masks[index].area)).toEqual([12, 4])
      expect(new Set((await readAndPaint(masks)).map.labels)).toEqual(new Set([1]))
    }
  })

  sampleTest('reads a file of SA-1B', async () => {
    const image = await read(sampleJson('segment-anything/segment_anything_dataset__a.json'))
    expect(image).toMatchObject({ format: 'segment_anything', width: 10, height: 5 })
    expect(image.regions).toHaveLength(1)
  })

  it('leaves COCO results with a score of the model to COCO', async () => {
    const result = mask(square, 4, { image_id: 1, category_id: 2 })
    expect((await read([result])).format).toBe('coco')
  })

  it.each([
    ['no mask', mask(undefined, 4), '/1/segmentation'],
    ['a mask of another size', mask({ size: [4, 3], counts: [12] }, 4), '/1/segmentation/size'],
    ['counts that end early', mask({ size: [3, 4], counts: [4] }, 4), '/1/segmentation/counts'],
    ['no area', mask(square, undefined as never), '/1/area'],
    ['too few rows', mask([[0, 0, 0, 0]], 4), '/1/segmentation'],
    [
      'a short row',
      mask(
        [
          [0, 0, 0, 0],
          [0, 0],
          [0, 0, 0, 0],
        ],
        4,
      ),
      '/1/segmentation/1',
    ],
    [
      'a pixel of 2',
      mask(
        [
          [0, 0, 0, 0],
          [0, 0, 2, 0],
          [0, 0, 0, 0],
        ],
        4,
      ),
      '/1/segmentation/1',
    ],
  ])('refuses %s', async (_, bad, pointer) => {
    const options = { format: 'segment_anything', width: 4, height: 3 } as const
    const refusal = await refusalOf(() => read([mask(square, 4), bad], options))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.errors[0].pointer).toBe(pointer)
  })
})

import { describe, expect, it } from 'vitest'
import { refusalOf, rowsOf } from '../grid.ts'
import { pngOf } from '../png.ts'
import { read, readAndPaint } from '../read.ts'

const image = { width: 6, height: 4 }
const answer = (...predictions: object[]) => ({ time: 0.1, image, predictions })
const square = (from: number, to: number) =>
  [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
  ].map(([x, y]) => ({ x, y }))
const prediction = (name: string, more: object) => ({
  x: 1,
  y: 1,
  width: 2,
  height: 2,
  confidence: 0.9,
  class: name,
  class_id: 0,
  ...more,
})
/** Down the columns: the pixels (0, 0) and (1, 1). */
const rle = { size: [4, 6], counts: [0, 1, 4, 1, 18] }

describe('Roboflow Inference', () => {
  it('reads points, whose outlines belong to the shape, and run lengths by both of their names', async () => {
    const { map, names } = await readAndPaint(
      answer(
        prediction('cell', { points: square(2, 3) }),
        prediction('leaf', { rle }),
        prediction('cell', { rle_mask: { ...rle, counts: [20, 1, 3] } }),
      ),
    )
    expect(rowsOf(map)).toEqual(['2....1', '.2....', '..11..', '..11..'])
    expect([...(names ?? [])]).toEqual([
      [1, 'cell'],
      [2, 'leaf'],
    ])
  })

  it('reads the output of a workflow, and one answer of several', async () => {
    const one = answer(prediction('cell', { points: square(0, 1) }))
    expect((await read([{ predictions: one, image: 'x' }])).regions).toHaveLength(1)
    expect((await read({ predictions: one })).regions).toHaveLength(1)
    const several = [answer(), one]
    expect((await read(several, { image: 1 })).regions).toHaveLength(1)
    expect((await refusalOf(() => read(several))).message).toContain('2 answers (0, 1)')
  })

  it('reads the class mask of a semantic model, with "background" as label 0', async () => {
    const png = Buffer.from(await pngOf(6, 4, 1, [...Array(22).fill(0), 3, 3])).toString('base64')
    const class_map = { 0: 'background', 3: 'road' }
    const { map, names } = await readAndPaint({ image, predictions: { segmentation_mask: png, class_map } })
    expect(rowsOf(map)).toEqual(['......', '......', '......', '....11'])
    expect(names?.get(1)).toBe('road')
    const refusal = await refusalOf(() =>
      read({ image, predictions: { segmentation_mask: png, class_map: { 0: 'background' } } }),
    )
    expect(refusal.errors[0].pointer).toBe('/predictions/class_map/3')
  })

  it('warns of boxes, and of polygons too small to be one', async () => {
    const { warnings, regions } = await read(
      answer(
        prediction('a', {}),
        prediction('a', { points: square(0, 1).slice(2) }),
        prediction('a', { rle }),
      ),
    )
    expect(regions).toHaveLength(1)
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('box without a mask'),
      expect.stringContaining('fewer than three points'),
    ])
  })

  it.each([
    [
      'run lengths of another size',
      prediction('a', { rle: { size: [6, 4], counts: [24] } }),
      '/predictions/0/rle/size',
    ],
    ['run lengths as text', prediction('a', { rle: 'abc' }), '/predictions/0/rle'],
    ['points of text', prediction('a', { points: [{ x: '1', y: 1 }, {}, {}] }), '/predictions/0/points/0/x'],
    ['no class', { ...prediction('a', { rle }), class: undefined }, '/predictions/0/class'],
  ])('refuses %s', async (_, bad, pointer) => {
    const refusal = await refusalOf(() => read(answer(bad)))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.errors[0].pointer).toBe(pointer)
  })
})

import { describe, expect, it } from 'vitest'
import { refusalOf, rowsOf } from '../grid.ts'
import { read, readAndPaint, readFile } from '../read.ts'
import { zipOf } from '../zip-writer.ts'

const image = { path: 'a.jpg', size: [4, 6] }
const document = (...annotations: object[]) => withItems({ id: 'a', image, annotations })
const withItems = (...items: object[]) => ({
  info: {},
  categories: {
    label: {
      labels: [
        { name: 'cell', parent: '', attributes: [] },
        { name: 'leaf', parent: '' },
      ],
    },
  },
  items,
})
const square = (from: number, to: number) => [from, from, to, from, to, to, from, to]
const polygon = (points: number[], more: object = {}) => ({
  id: 0,
  type: 'polygon',
  attributes: {},
  group: 0,
  label_id: 0,
  points,
  z_order: 0,
  ...more,
})

describe('Datumaro', () => {
  it('numbers labels by their list, shown or not, and paints a higher z order later', async () => {
    const { map, names } = await readAndPaint(
      document(polygon(square(0, 2), { label_id: 1, z_order: 1 }), polygon(square(1, 4))),
    )
    expect(rowsOf(map)).toEqual(['22....', '2211..', '.111..', '.111..'])
    expect([...(names ?? [])]).toEqual([
      [1, 'cell'],
      [2, 'leaf'],
    ])
  })

  it('reads masks, boxes, turned boxes and ellipses', async () => {
    // Down the columns: the pixels (0, 0) and (1, 1).
    const rle = { size: [4, 6], counts: [0, 1, 4, 1, 18] }
    const shape = (type: string, more: object) => ({ id: 0, type, group: 0, label_id: 0, ...more })
    const draw = async (...shapes: object[]) => rowsOf((await readAndPaint(document(...shapes))).map)
    expect(await draw(shape('mask', { rle }))).toEqual(['1.....', '.1....', '......', '......'])
    expect(await draw(shape('bbox', { bbox: [1, 1, 4, 2] }))).toEqual([
      '......',
      '.1111.',
      '.1111.',
      '......',
    ])
    const turned = shape('bbox', { bbox: [1, 1, 4, 2], attributes: { rotation: 90 } })
    expect(await draw(turned)).toEqual(['..11..', '..11..', '..11..', '..11..'])
    // Its corners are no pixels of an ellipse as wide as the box.
    expect(await draw(shape('ellipse', { points: [1, 0, 5, 4] }))).toEqual([
      '..11..',
      '.1111.',
      '.1111.',
      '..11..',
    ])
  })

  it('takes one group for one object, and attributes say which are crowds', async () => {
    const { regions } = await read(
      document(
        polygon(square(0, 2), { group: 7 }),
        polygon(square(2, 4), { group: 7 }),
        polygon(square(0, 2), { attributes: { is_crowd: true } }),
      ),
    )
    expect(regions[0].instance).toBe(regions[1].instance)
    expect(regions[2].instance).not.toBe(regions[0].instance)
    expect(regions.map(({ crowd }) => crowd)).toEqual([false, false, true])
  })

  it('takes a first label "background" for label 0', async () => {
    const data = {
      ...document(polygon(square(0, 2), { label_id: 1 }), polygon(square(0, 1))),
      categories: { label: { labels: [{ name: 'background' }, { name: 'cell' }] } },
    }
    expect(rowsOf((await readAndPaint(data)).map)[0]).toBe('.1....')
  })

  it('chooses an item by id, by path, and by the name of its file', async () => {
    const data = withItems(
      { id: 'x/a', image: { path: 'x/a.jpg', size: [4, 6] }, annotations: [] },
      { id: 'y/b', image: { path: 'y/b.jpg', size: [4, 6] }, annotations: [polygon(square(0, 2))] },
    )
    for (const wanted of ['y/b', 'y/b.jpg', 'b.jpg'])
      expect((await read(data, { image: wanted })).regions).toHaveLength(1)
    const refusal = await refusalOf(() => read(data))
    expect(refusal.message).toContain('2 items (x/a, y/b)')
  })

  it('finds the subset that has the image in a zip of several', async () => {
    const subset = (id: string, ...annotations: object[]) =>
      withItems({ id, image: { path: `${id}.jpg`, size: [4, 6] }, annotations })
    const zip = zipOf(
      { name: 'annotations/train.json', content: subset('a') },
      { name: 'annotations/test.json', content: subset('b', polygon(square(0, 2))) },
    )
    for (const image of ['b', 'b.jpg']) expect((await readFile(zip, { image })).regions).toHaveLength(1)
    expect((await readFile(zip, { image: 'a' })).regions).toEqual([])
  })

  it('takes the size from a mask or the options where the item has none', async () => {
    const bare = {
      id: 'a',
      annotations: [{ type: 'mask', label_id: 0, rle: { size: [4, 6], counts: [24] } }],
    }
    expect(await read(withItems(bare))).toMatchObject({ width: 6, height: 4 })
    const flat = withItems({ id: 'a', annotations: [polygon(square(0, 2))] })
    expect(await read(flat, { width: 6, height: 4 })).toMatchObject({ width: 6, height: 4 })
    expect((await refusalOf(() => read(flat))).message).toContain('`width` and `height`')
  })

  it('warns of what has no area or no label, and is silent about labels of the image', async () => {
    const { warnings } = await read(
      document(
        { type: 'label', label_id: 0 },
        { type: 'points', label_id: 0, points: [1, 1] },
        polygon(square(0, 2)),
        polygon(square(0, 2), { label_id: null }),
      ),
    )
    expect(warnings.map(({ code }) => code)).toEqual(['REGION_SKIPPED', 'UNLABELLED_REGIONS'])
  })

  it('keeps the numbers of labels where none are listed', async () => {
    const data = { ...document(polygon(square(0, 2), { label_id: 4 })), categories: {} }
    expect((await read(data)).regions[0].label).toEqual({ kind: 'category', id: 4 })
  })

  it.each([
    ['a shape that nobody knows', polygon([], { type: 'blob' }), '/items/0/annotations/0/type'],
    ['a label that is not listed', polygon(square(0, 2), { label_id: 2 }), '/items/0/annotations/0/label_id'],
    ['two points', polygon([0, 0, 1, 1]), '/items/0/annotations/0/points'],
    ['a box of three numbers', { type: 'bbox', label_id: 0, bbox: [1, 2, 3] }, '/items/0/annotations/0/bbox'],
    [
      'a mask of another size',
      { type: 'mask', label_id: 0, rle: { size: [6, 4], counts: [24] } },
      '/items/0/annotations/0/rle/size',
    ],
    ['a mask without counts', { type: 'mask', label_id: 0 }, '/items/0/annotations/0/rle'],
  ])('refuses %s', async (_, bad, pointer) => {
    const refusal = await refusalOf(() => read(document(bad)))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.errors[0].pointer).toBe(pointer)
  })
})

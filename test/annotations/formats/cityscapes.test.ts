import { describe, expect, it } from 'vitest'
import { refusalOf, rowsOf } from '../grid.ts'
import { read, readAndPaint } from '../read.ts'

const document = (...objects: object[]) => ({ imgHeight: 4, imgWidth: 6, objects })
const square = (from: number, to: number) => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
]
const object = (label: string, polygon: unknown, more: object = {}) => ({ label, polygon, ...more })

describe('Cityscapes polygons', () => {
  it('draws outlines as part of their shapes, later objects over earlier ones', async () => {
    const { map, names } = await readAndPaint(
      document(object('road', square(0, 2)), object('car', square(2, 3))),
    )
    expect(rowsOf(map)).toEqual(['111...', '111...', '1122..', '..22..'])
    expect([...(names ?? [])]).toEqual([
      [1, 'road'],
      [2, 'car'],
    ])
  })

  it('takes a group of a class with objects for a crowd of it, and no other name', async () => {
    const { regions } = await read(
      document(...['cargroup', 'car', 'polegroup', 'my group'].map((label) => object(label, square(0, 2)))),
    )
    expect(regions.map(({ label, crowd, isThing }) => [label, crowd, isThing])).toEqual([
      [{ kind: 'name', name: 'car' }, true, true],
      [{ kind: 'name', name: 'car' }, false, true],
      [{ kind: 'name', name: 'polegroup' }, false, false],
      [{ kind: 'name', name: 'my group' }, false, undefined],
    ])
  })

  it('leaves deleted objects out, as json2labelImg does, and paints "unlabeled" with 0', async () => {
    const { map } = await readAndPaint(
      document(
        object('road', square(0, 3)),
        object('car', square(0, 1), { deleted: 1 }),
        object('unlabeled', square(2, 3), { deleted: 0 }),
      ),
    )
    expect(rowsOf(map)).toEqual(['1111..', '1111..', '11....', '11....'])
  })

  it('warns of license plates and of boxes', async () => {
    const { warnings, regions } = await read(
      document(
        object('license plate', square(0, 1)),
        { label: 'person', bbox: [0, 0, 2, 2], instanceId: 24000 },
        object('car', square(0, 1)),
      ),
    )
    expect(regions).toHaveLength(1)
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('license plate'),
      expect.stringContaining('box without a polygon'),
    ])
  })

  it.each([
    [
      'a polygon of two points',
      object('car', [
        [0, 0],
        [1, 1],
      ]),
      '/objects/0/polygon',
    ],
    ['a polygon that is text', object('car', 'M 0 0'), '/objects/0/polygon'],
    [
      'a point of text',
      object('car', [
        [0, 0],
        [1, 0],
        ['1', 1],
      ]),
      '/objects/0/polygon/2/0',
    ],
    ['no label', { polygon: square(0, 1) }, '/objects/0/label'],
    ['an object that is none', 'car', '/objects/0'],
  ])('refuses %s', async (_, bad, pointer) => {
    const refusal = await refusalOf(() => read(document(bad as object)))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.errors[0].pointer).toBe(pointer)
  })
})

import { describe, expect, it } from 'vitest'
import { refusalOf, rowsOf } from '../grid.ts'
import { read, readAndPaint } from '../read.ts'

const document = (...instances: object[]) => ({
  metadata: { name: 'a.jpg', width: 6, height: 4, status: 'Completed' },
  instances,
  tags: [],
  comments: [],
})
const polygon = (className: string, points: number[], more: object = {}) => ({
  type: 'polygon',
  className,
  points,
  groupId: 0,
  ...more,
})
const square = (from: number, to: number) => [from, from, to, from, to, to, from, to]

describe('SuperAnnotate', () => {
  it('paints polygons in their order, numbered by the names of their classes, and keeps holes', async () => {
    const { map, names } = await readAndPaint(
      document(polygon('cell', square(0, 4), { exclude: [square(1, 3)] }), polygon('leaf', square(2, 3))),
    )
    expect(rowsOf(map)).toEqual(['1111..', '1..1..', '1.21..', '1111..'])
    expect([...(names ?? [])]).toEqual([
      [1, 'cell'],
      [2, 'leaf'],
    ])
  })

  it('reads boxes, turned boxes and ellipses', async () => {
    const box = { type: 'bbox', className: 'a', points: { x1: 0, y1: 0, x2: 2, y2: 1 } }
    const turned = {
      type: 'rbbox',
      className: 'b',
      points: { x1: 4, y1: 0, x2: 6, y2: 0, x3: 6, y3: 2, x4: 4, y4: 2 },
    }
    const ellipse = { type: 'ellipse', className: 'c', cx: 1, cy: 3, rx: 1, ry: 1, angle: 0 }
    const { map } = await readAndPaint(document(box, turned, ellipse))
    expect(rowsOf(map)).toEqual(['11..22', '....22', '33....', '33....'])
  })

  it('takes the instances of one class and group for one object, and each of group 0 for itself', async () => {
    const grouped = (className: string, groupId: number) => polygon(className, square(0, 2), { groupId })
    const { regions } = await read(
      document(grouped('a', 1), grouped('a', 1), grouped('b', 1), grouped('a', 0), grouped('a', 0)),
    )
    const objects = regions.map(({ instance }) => instance)
    expect(objects[0]).toBe(objects[1])
    expect(new Set(objects).size).toBe(4)
  })

  it('warns of what has no area', async () => {
    const { warnings, regions } = await read(
      document({ type: 'point', className: 'a', x: 1, y: 1 }, polygon('a', square(0, 2))),
    )
    expect(regions).toHaveLength(1)
    expect(warnings).toMatchObject([{ code: 'REGION_SKIPPED' }])
  })

  it.each([
    ['an instance without a class', { type: 'polygon', points: square(0, 2) }, '/instances/0/className'],
    ['an instance without a type', { className: 'a', points: square(0, 2) }, '/instances/0/type'],
    ['a polygon of two points', polygon('a', [0, 0, 1, 1]), '/instances/0/points'],
    ['a box without a corner', { type: 'bbox', className: 'a', points: { x1: 0 } }, '/instances/0/points/y1'],
  ])('refuses %s at its pointer', async (_, instance, pointer) => {
    const refusal = await refusalOf(() => read(document(instance)))
    expect([refusal.code, refusal.errors[0].pointer]).toEqual(['INVALID_ANNOTATION', pointer])
  })

  it('needs the size of the image', async () => {
    const { metadata: _, ...rest } = document(polygon('a', square(0, 2)))
    const sizeless = { metadata: {}, ...rest }
    expect((await refusalOf(() => read(sizeless))).code).toBe('INVALID_ANNOTATION')
    expect((await readAndPaint(sizeless, { width: 3, height: 3 })).map.width).toBe(3)
  })
})

import { describe, expect, it } from 'vitest'
import { refusalOf, rowsOf } from '../grid.ts'
import { read, readAndPaint } from '../read.ts'

const size = { width: 6, height: 4 }
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features })
const square = (from: number, to: number) => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
  [from, from],
]
const feature = (geometry: object | null, properties: object = {}, more: object = {}) => ({
  type: 'Feature',
  id: 'x',
  geometry,
  properties: { objectType: 'annotation', ...properties },
  ...more,
})
const polygon = (...coordinates: unknown[]) => ({ type: 'Polygon', coordinates })
const named = (name: string) => ({ classification: { name, color: [1, 2, 3] } })

describe('QuPath GeoJSON', () => {
  it('paints polygons with their holes, later features on top, by pixel centres', async () => {
    const { map, names } = await readAndPaint(
      collection(
        feature(polygon(square(0, 4), square(1, 3)), named('Tumor')),
        feature(polygon(square(2.4, 3.4)), named('Stroma')),
      ),
      size,
    )
    expect(rowsOf(map)).toEqual(['1111..', '1..1..', '1.21..', '1111..'])
    expect([...(names ?? [])]).toEqual([
      [1, 'Tumor'],
      [2, 'Stroma'],
    ])
  })

  it('takes the parts of a MultiPolygon and of a collection for one object', async () => {
    const parts = { type: 'MultiPolygon', coordinates: [[square(0, 1)], [square(3, 4)]] }
    const group = { type: 'GeometryCollection', geometries: [parts, polygon(square(2, 3))] }
    const { map, regions } = await (async () => {
      const image = await read(collection(feature(group)), size)
      return { map: (await readAndPaint(collection(feature(group)), size)).map, regions: image.regions }
    })()
    expect(regions).toHaveLength(1)
    expect(rowsOf(map)).toEqual(['1.....', '......', '..1...', '...1..'])
  })

  it('reads one feature, an array of features, and children after their parents', async () => {
    const child = feature(polygon(square(1, 2)), named('b'))
    const parent = feature(polygon(square(0, 2)), { ...named('a'), childObjects: [child] })
    const root = feature(null, { objectType: 'root', childObjects: [parent] })
    for (const data of [parent, [parent], collection(root)])
      expect(rowsOf((await readAndPaint(data, size)).map).slice(0, 2)).toEqual(['11....', '12....'])
  })

  it('joins the names of a derived class, and takes objects without a class for label 1 where none has one', async () => {
    const { regions, warnings } = await read(
      collection(
        feature(polygon(square(0, 2)), { classification: { names: ['Tumor', 'Positive'] } }),
        feature(polygon(square(0, 2))),
      ),
      size,
    )
    expect(regions.map(({ label }) => label)).toEqual([
      { kind: 'name', name: 'Tumor: Positive' },
      { kind: 'name', name: 'unlabelled' },
    ])
    expect(warnings).toMatchObject([{ code: 'UNLABELLED_REGIONS' }])
    const [{ label }] = (await read(collection(feature(polygon(square(0, 2)))), size)).regions
    expect(label).toEqual({ kind: 'value', value: 1 })
  })

  it('asks which plane of a stack is meant where objects lie on several', async () => {
    const on = (z: number, to: number) => feature({ ...polygon(square(0, to)), plane: { c: -1, z, t: 0 } })
    const stack = collection(on(0, 1), on(3, 2))
    expect((await refusalOf(() => read(stack, size))).message).toContain('2 planes (z 0, t 0, z 3, t 0)')
    const { map } = await readAndPaint(stack, { ...size, image: 'z 3, t 0' })
    expect(rowsOf(map)[1]).toBe('11....')
    expect((await read(collection(on(3, 2)), { ...size, image: 'slide.svs' })).regions).toHaveLength(1)
  })

  it('warns of points, lines and nuclei, and of what lies outside of the given size', async () => {
    const { warnings, regions } = await read(
      collection(
        feature({ type: 'Point', coordinates: [1, 1] }),
        feature({ type: 'LineString', coordinates: [] }),
        feature(null),
        feature(polygon(square(0, 2)), {}, { nucleusGeometry: polygon(square(0, 1)) }),
        feature(polygon(square(3, 9))),
        feature(polygon(square(0, 5))),
      ),
      size,
    )
    expect(regions).toHaveLength(3)
    expect(warnings).toEqual(
      [
        /^\/features\/0\/geometry is a Point, which has no area.* This and 1 more\.$/,
        /^\/features\/2 is of no kind that is known/,
        /^\/features\/3\/nucleusGeometry is within the cell/,
        /^\/features\/4 reaches to \(9, 3\), outside/,
      ].map((message) => ({ code: expect.any(String), message: expect.stringMatching(message) })),
    )
  })

  it('tells of objects in other places than `childObjects`', async () => {
    const hidden = [feature(polygon(square(0, 1)))]
    const { warnings } = await read(collection(feature(polygon(square(0, 2)), { children: hidden })), size)
    expect(warnings).toMatchObject([{ code: 'SHAPES_ELSEWHERE' }])
  })

  it('needs the size of the image', async () => {
    const refusal = await refusalOf(() => read(collection()))
    expect(refusal.message).toContain('give `width` and `height`')
  })

  it.each([
    ['a geometry of another kind', feature({ type: 'Circle' }), '/features/0/geometry/type'],
    ['no rings', feature({ type: 'Polygon' }), '/features/0/geometry/coordinates'],
    [
      'a ring of two points',
      feature(
        polygon([
          [0, 0],
          [1, 1],
        ]),
      ),
      '/features/0/geometry/coordinates/0',
    ],
    ['a ring of numbers', feature(polygon([0, 0, 1, 1, 2, 2])), '/features/0/geometry/coordinates/0/0/x'],
    [
      'a class without a name',
      feature(polygon(square(0, 1)), { classification: {} }),
      '/features/0/properties/classification/name',
    ],
    ['no geometry', feature(undefined as never), '/features/0/geometry'],
    ['a feature that is none', 7, '/features/0'],
    ['a geometry in place of a feature', polygon(square(0, 1)), '/features/0/type'],
  ])('refuses %s', async (_, bad, pointer) => {
    const refusal = await refusalOf(() => read(collection(bad as object), size))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.errors[0].pointer).toBe(pointer)
  })
})

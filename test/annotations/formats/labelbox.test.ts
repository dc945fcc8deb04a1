import { describe, expect, it } from 'vitest'
import { refusalOf, rowsOf } from '../grid.ts'
import { pngOf } from '../png.ts'
import { paint, read, readAndPaint, readFile } from '../read.ts'
import { zipOf } from '../zip-writer.ts'

type Json = Record<string, unknown>
const label = (id: string, ...objects: object[]) => ({
  label_kind: 'Default',
  id,
  annotations: { objects, classifications: [], relationships: [] },
})
const row = (name: string, labels: object[], more: Json = {}) => ({
  data_row: { id: `id of ${name}`, external_id: name, global_key: `key of ${name}` },
  media_attributes: { height: 4, width: 6, mime_type: 'image/png' },
  projects: { project: { name: 'p', labels } },
  ...more,
})
const drawn = (...objects: object[]) => row('a.jpg', [label('one', ...objects)])
const object = (name: string, shape: Json, annotation_kind = 'ImagePolygon') => ({
  feature_id: `feature of ${name}`,
  name,
  value: name,
  annotation_kind,
  ...shape,
})
const square = (from: number, to: number) =>
  [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
  ].map(([x, y]) => ({ x, y }))
const lines = (...rows: object[]) =>
  new TextEncoder().encode(`${rows.map((one) => JSON.stringify(one)).join('\n')}\n`)
const json = (value: object) => new TextEncoder().encode(JSON.stringify(value))

describe('Labelbox', () => {
  it('paints polygons and boxes, later ones on top', async () => {
    const box = { bounding_box: { top: 1, left: 1, height: 2, width: 4 } }
    const { map, names } = await readAndPaint(
      drawn(object('cell', { polygon: square(0, 2) }), object('leaf', box, 'ImageBoundingBox')),
    )
    expect(rowsOf(map)).toEqual(['11....', '12222.', '.2222.', '......'])
    expect([...(names ?? [])]).toEqual([
      [1, 'cell'],
      [2, 'leaf'],
    ])
  })

  it('reads one row a line, of which `image` names one by its external id, global key or id', async () => {
    const rows = [
      row('x/a.jpg', [label('one')]),
      row('b.jpg', [label('two', object('c', { polygon: square(0, 1) }))]),
    ]
    for (const image of ['b.jpg', 'b', 'key of b.jpg', 'id of b.jpg'])
      expect((await readFile(lines(...rows), { image })).regions).toHaveLength(1)
    expect((await readFile(json(rows), { image: 'a.jpg' })).regions).toEqual([])
    const refusal = await refusalOf(() => readFile(lines(...rows)))
    expect(refusal.message).toContain('one row a line, NDJSON')
    expect(refusal.message).toContain('2 data rows (x/a.jpg, b.jpg): name one with `image`')
  })

  it('says in which line the JSON is broken', async () => {
    const bytes = Buffer.concat([lines(row('a.jpg', [label('one')])), Buffer.from('{"data_row": {}')])
    const refusal = await refusalOf(() => readFile(bytes))
    expect([refusal.code, refusal.errors[0].pointer]).toEqual(['MALFORMED_JSON', '/1'])
  })

  it('asks for `annotation` where a row has several labels', async () => {
    const data = row('a.jpg', [label('one'), label('two', object('c', { polygon: square(0, 1) }))])
    expect((await read(data, { annotation: 'two' })).regions).toHaveLength(1)
    expect((await refusalOf(() => read(data))).message).toContain('name one with `annotation`')
  })

  it('takes the size from the options where the export left it out', async () => {
    const data = { ...drawn(), media_attributes: undefined }
    expect(await read(data, { width: 3, height: 2 })).toMatchObject({ width: 3, height: 2 })
    expect((await refusalOf(() => read(data))).message).toContain('`width` and `height`')
  })

  it('warns of what has no area', async () => {
    const { warnings } = await read(
      drawn(object('a', { line: square(0, 1) }, 'ImagePolyline'), object('b', { polygon: square(0, 1) })),
    )
    expect(warnings).toMatchObject([{ code: 'REGION_SKIPPED', message: expect.stringContaining('Polyline') }])
  })

  describe('masks', () => {
    const url = 'https://example.com/masks/1'
    const part = (name: string, colour: number[]) =>
      object(name, { composite_mask: { url, color_rgb: colour } }, 'ImageSegmentationMask')
    const composite = () => {
      const pixels = Array<number>(72).fill(0)
      pixels.splice(0, 3, 255, 0, 0)
      pixels.splice(69, 3, 0, 9, 255)
      return pngOf(6, 4, 3, pixels)
    }

    it('are read from the composite PNG that is sent with the row, by their colours', async () => {
      const data = drawn(part('cell', [255, 0, 0]), part('leaf', [0, 9, 255]))
      const image = await readFile(await composite(), {}, json(data))
      expect(rowsOf(paint(image).map)).toEqual(['1.....', '......', '......', '.....2'])
      expect(image.warnings).toEqual([])
    })

    it('warn of colours that no object has, and refuse a colour that the PNG lacks', async () => {
      const image = await readFile(await composite(), {}, json(drawn(part('cell', [255, 0, 0]))))
      expect(image.warnings).toMatchObject([
        { code: 'REGION_SKIPPED', message: expect.stringContaining('1 colours') },
      ])
      const png = await composite()
      const missing = await refusalOf(() => readFile(png, {}, json(drawn(part('cell', [1, 2, 3])))))
      expect(missing.errors[0].pointer).toMatch(/composite_mask\/color_rgb$/)
    })

    it('of single objects come in a zip, each named by its object', async () => {
      const mask = (name: string) =>
        object(name, { mask: { url: `${url}/${name}` } }, 'ImageSegmentationMask')
      const white = (at: number) =>
        pngOf(
          6,
          4,
          1,
          Array.from({ length: 24 }, (_, pixel) => (pixel === at ? 255 : 0)),
        )
      const zip = zipOf(
        { name: 'export.ndjson', content: json(drawn(mask('cell'), mask('leaf'))) },
        { name: 'masks/feature of cell.png', content: await white(0) },
        { name: 'masks/feature of leaf.png', content: await white(7) },
      )
      expect(rowsOf(paint(await readFile(zip)).map)).toEqual(['1.....', '.2....', '......', '......'])
    })

    it('that are only addresses are refused with the way out', async () => {
      const refusal = await refusalOf(() => read(drawn(part('cell', [255, 0, 0]))))
      expect(refusal.message).toMatch(/not fetched: download it with your API key, .* `_json`/)
      expect(refusal.errors[0].pointer).toBe(
        '/projects/project/labels/0/annotations/objects/0/composite_mask',
      )
    })

    it('of another size than the image are refused', async () => {
      const png = await pngOf(4, 6, 1, Array(24).fill(255))
      const data = drawn(object('c', { mask: { url } }, 'ImageSegmentationMask'))
      expect((await refusalOf(() => readFile(png, {}, json(data)))).message).toContain('4 × 6 pixels')
    })
  })

  it.each<[string, object, string]>([
    ['a row without labels', row('a.jpg', []), '/projects'],
    ['predictions of model runs', { ...row('a.jpg', []), experiments: {} }, ''],
    [
      'frames of a video',
      row('a.mp4', [{ id: 'x', annotations: { frames: {} } }]),
      '/projects/project/labels/0/annotations',
    ],
    ['the first kind of export', { ID: 'x', 'DataRow ID': 'y', Label: { objects: [] } }, ''],
    [
      'a polygon of two points',
      drawn(object('a', { polygon: square(0, 1).slice(2) })),
      '/projects/project/labels/0/annotations/objects/0/polygon',
    ],
    [
      'a box without a width',
      drawn(object('a', { bounding_box: { top: 1, left: 1, height: 1 } })),
      '/projects/project/labels/0/annotations/objects/0/bounding_box/width',
    ],
    [
      'an object without a name',
      drawn({ polygon: square(0, 1) }),
      '/projects/project/labels/0/annotations/objects/0/name',
    ],
  ])('refuses %s', async (_, data, pointer) => {
    const refusal = await refusalOf(() => read(data))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.errors[0].pointer).toBe(pointer)
  })
})

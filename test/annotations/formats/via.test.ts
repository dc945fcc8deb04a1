import { describe, expect, it } from 'vitest'
import { assignLabels } from '../../../src/annotations/label-names.ts'
import { paintAnnotation } from '../../../src/annotations/paint.ts'
import { defaultLimits } from '../../../src/limits.ts'
import { refusalOf, rowsOf } from '../grid.ts'
import { read, readAndPaint, readFile } from '../read.ts'

const size = { width: 6, height: 4 }
type Json = Record<string, unknown>
const region = (shape_attributes: Json, region_attributes: Json = {}) => ({
  shape_attributes,
  region_attributes,
})
const image = (filename: string, ...regions: object[]) => ({
  filename,
  size: 1,
  regions,
  file_attributes: {},
})
const annotations = (...regions: object[]) => ({ 'a.jpg1': image('a.jpg', ...regions) })
const rect = (x: number, y: number, width: number, height: number) => ({ name: 'rect', x, y, width, height })
const corner = { name: 'polygon', all_points_x: [0, 4, 4, 2, 2, 0], all_points_y: [0, 0, 2, 2, 4, 4] }
const textOf = (rows: readonly string[]) => new TextEncoder().encode(rows.join('\r\n'))
const head =
  'filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes'
const quoted = (value: object) => `"${JSON.stringify(value).replaceAll('"', '""')}"`
const row = (name: string, shape: object, attributes: object = {}) =>
  `${name},1,"{}",1,0,${quoted(shape)},${quoted(attributes)}`

describe('VGG Image Annotator 2', () => {
  it('paints polygons, rectangles, circles and turned ellipses, later ones on top', async () => {
    const draw = async (shape: Json) => rowsOf((await readAndPaint(annotations(region(shape)), size)).map)
    expect(await draw(rect(1, 1, 4, 2))).toEqual(['......', '.1111.', '.1111.', '......'])
    expect(await draw(corner)).toEqual(['1111..', '1111..', '11....', '11....'])
    expect(await draw({ name: 'circle', cx: 2, cy: 2, r: 1 })).toEqual([
      '......',
      '.11...',
      '.11...',
      '......',
    ])
    const lying = { name: 'ellipse', cx: 3, cy: 2, rx: 3, ry: 0.8 }
    expect(await draw(lying)).toEqual(['......', '.1111.', '.1111.', '......'])
    // A quarter turn, in radians.
    expect(await draw({ ...lying, theta: Math.PI / 2 })).toEqual(['..11..', '..11..', '..11..', '..11..'])
  })

  it('reads a project, exported annotations, and the regions by number of version 1', async () => {
    const regions = [region(rect(0, 0, 1, 1), { class: 'a' })]
    const old = { x1: { ...image('a.jpg'), fileref: '', regions: { 0: regions[0] } } }
    const project = { _via_settings: {}, _via_img_metadata: annotations(...regions), _via_attributes: {} }
    for (const data of [annotations(...regions), project, old]) {
      const { map, names } = await readAndPaint(data, size)
      expect([rowsOf(map)[0], names?.get(1)]).toEqual(['1.....', 'a'])
    }
  })

  it('takes the only attribute for the label, whatever it is called', async () => {
    const data = annotations(
      region(rect(0, 0, 2, 2), { Art: 'Zelle ' }),
      region(rect(2, 2, 2, 2), { Art: 7 }),
    )
    const { regions, warnings } = await read(data, size)
    expect(regions.map(({ label }) => label)).toEqual([
      { kind: 'name', name: 'Zelle' },
      { kind: 'name', name: '7' },
    ])
    expect(warnings).toEqual([])
  })

  it('takes the attribute with a usual name of several and says so, or refuses to guess', async () => {
    const several = annotations(region(rect(0, 0, 2, 2), { name: 'Plato', Type: 'human' }))
    const { regions, warnings } = await read(several, size)
    expect(regions[0].label).toEqual({ kind: 'name', name: 'human' })
    expect(warnings).toMatchObject([{ code: 'LABEL_ATTRIBUTE', message: expect.stringContaining('"Type"') }])
    const unusual = annotations(region(rect(0, 0, 2, 2), { colour: 'red', mood: 'good' }))
    expect((await refusalOf(() => read(unusual, size))).message).toContain('"colour", "mood"')
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`key ${at}`, 'x']))
    const refusal = await refusalOf(() => read(annotations(region(rect(0, 0, 2, 2), many)), size))
    expect(refusal.message).toContain('"key 19", …, and')
  })

  it('reads ticked boxes, and warns of several and of none', async () => {
    const ticked = (class_: Json | string) => region(rect(0, 0, 2, 2), { class: class_ })
    const { regions, warnings } = await read(
      annotations(ticked({ a: false, b: true }), ticked({ b: true, c: true }), ticked('')),
      size,
    )
    expect(regions.map(({ label }) => label)).toEqual(
      ['b', 'b', 'unlabelled'].map((name) => ({ kind: 'name', name })),
    )
    expect(warnings.map(({ code }) => code)).toEqual(['SEVERAL_LABELS', 'UNLABELLED_REGIONS'])
  })

  it('takes regions of a file without attributes for label 1', async () => {
    const { regions } = await read(annotations(region(rect(0, 0, 2, 2))), size)
    expect(regions[0].label).toEqual({ kind: 'value', value: 1 })
  })

  it('chooses an image by the name of its file or its key', async () => {
    const data = { a1: image('x/a.jpg', region(rect(0, 0, 1, 1))), b2: image('x/b.jpg') }
    expect((await read(data, { ...size, image: 'a.jpg' })).regions).toHaveLength(1)
    expect((await read(data, { ...size, image: 'b2' })).regions).toHaveLength(0)
    expect((await refusalOf(() => read(data, size))).message).toContain('2 images (x/a.jpg, x/b.jpg)')
  })

  it('warns of what has no area and of what lies outside of the given size', async () => {
    const data = annotations(
      region({ name: 'point', cx: 1, cy: 1 }),
      region({ name: 'polyline', all_points_x: [0, 1], all_points_y: [0, 1] }),
      region(rect(0, 0, 60, 4)),
    )
    const { warnings, regions } = await read(data, size)
    expect(regions).toHaveLength(1)
    expect(warnings.map(({ code }) => code)).toEqual(['REGION_SKIPPED', 'OUTSIDE_IMAGE'])
  })

  const at = '/a.jpg1/regions/0/shape_attributes'
  it.each([
    ['a shape that nobody knows', { name: 'blob' }, `${at}/name`],
    ['no shape', {}, `${at}/name`],
    ['a rectangle without a height', { name: 'rect', x: 1, y: 1, width: 1 }, `${at}/height`],
    ['a polygon of two points', { name: 'polygon', all_points_x: [0, 1], all_points_y: [0, 1] }, at],
    ['coordinates that do not pair', { ...corner, all_points_y: [0, 0] }, `${at}/all_points_y`],
    ['coordinates of text', { ...corner, all_points_x: [0, '4', 4, 2, 2, 0] }, `${at}/all_points_x/1`],
    ['a radius below 0', { name: 'circle', cx: 1, cy: 1, r: -1 }, at],
  ])('refuses %s', async (_, shape, pointer) => {
    const refusal = await refusalOf(() => read(annotations(region(shape)), size))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.errors[0].pointer).toBe(pointer)
  })
})

describe("VGG Image Annotator's table", () => {
  it('is known by its heading, and an image without regions has a row too', async () => {
    const bytes = textOf([
      `#${head}`,
      row('a, b.jpg', rect(0, 0, 1, 1), { class: 'say "a"' }).replace('a, b.jpg', '"a, b.jpg"'),
      row('a, b.jpg', rect(1, 0, 1, 1), { class: 'c' }).replace('a, b.jpg', '"a, b.jpg"'),
      'c.jpg,1,"{}",0,0,"{}","{}"',
      '',
    ])
    const image = await readFile(bytes, { ...size, image: 'a, b.jpg' })
    const { map, names } = paintAnnotation(image, assignLabels([image]), defaultLimits)
    expect([rowsOf(map)[0], names?.get(1)]).toEqual(['12....', 'say "a"'])
    expect((await readFile(bytes, { ...size, image: 'c.jpg' })).regions).toEqual([])
  })

  it.each([
    ['no column of shapes', ['filename,file_size', 'a.jpg,1'], '', 'region_shape_attributes'],
    ['a row that is too short', [head, 'a.jpg,1'], '/1', '2 cells'],
    ['a quote that is not closed', [head, 'a.jpg,"'], '', 'not closed'],
    ['text behind a quote', [head, '"a"b,1'], '', 'behind a quoted cell'],
    ['a shape without a name', [head, row('a.jpg', { x: 1 })], '/1/region_shape_attributes', '`name`'],
    ['nothing but a heading', [`${head},`], '', 'no image'],
  ])('refuses %s', async (_, rows, pointer, words) => {
    const refusal = await refusalOf(() => readFile(textOf(rows), size))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.message).toContain(words)
    expect(refusal.errors[0].pointer).toBe(pointer)
  })

  it('refuses a cell that is no JSON, with its place', async () => {
    const refusal = await refusalOf(() => readFile(textOf([head, 'a.jpg,1,{},1,0,{rect,{}']), size))
    expect([refusal.code, refusal.errors[0].pointer]).toEqual([
      'MALFORMED_JSON',
      '/1/region_shape_attributes',
    ])
  })
})

describe('VGG Image Annotator 3', () => {
  const project = (metadata: Json, view: Json = { 1: { fid_list: ['1'] }, 2: { fid_list: ['2'] } }) => ({
    project: { pid: 'x', vid_list: ['1', '2'] },
    config: {},
    attribute: {
      1: { aname: 'class', anchor_id: 'FILE1_Z0_XY1', type: 4, options: { 0: 'cell', 1: 'leaf' } },
    },
    file: { 1: { fid: '1', fname: 'a.jpg', type: 2 }, 2: { fid: '2', fname: 'b.jpg', type: 2 } },
    metadata,
    view,
  })
  const drawn = (xy: number[], more: Json = {}) => ({ vid: '1', flg: 0, z: [], xy, av: { 1: '1' }, ...more })
  const options = { ...size, image: 'a.jpg' }

  it('reads shapes by number, and the texts of options', async () => {
    const draw = async (xy: number[]) => {
      const { map, names } = await readAndPaint(project({ m: drawn(xy) }), options)
      expect(names?.get(1)).toBe('leaf')
      return rowsOf(map)
    }
    expect(await draw([2, 1, 1, 4, 2])).toEqual(['......', '.1111.', '.1111.', '......'])
    expect(await draw([3, 2, 2, 1])).toEqual(['......', '.11...', '.11...', '......'])
    expect(await draw([4, 3, 2, 3, 0.8])).toEqual(['......', '.1111.', '.1111.', '......'])
    expect(await draw([7, 0, 0, 4, 0, 4, 2, 2, 2, 2, 4, 0, 4])).toEqual([
      '1111..',
      '1111..',
      '11....',
      '11....',
    ])
  })

  it('gives each file its own regions, and warns of what is not painted', async () => {
    const data = project({
      m: drawn([2, 0, 0, 1, 1]),
      n: drawn([8, 0, 0, 1, 1, 2, 2, 3, 3]),
      o: drawn([], { z: [1, 2] }),
    })
    const { regions, warnings } = await read(data, options)
    expect(regions).toHaveLength(1)
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('span of time'),
      expect.stringContaining('extreme_rect'),
    ])
    expect((await read(data, { ...size, image: 'b.jpg' })).regions).toEqual([])
  })

  it.each([
    ['a moment of a video', project({ m: drawn([2, 0, 0, 1, 1], { z: [1.5] }) }), '/metadata/m/z'],
    ['a view of two files', project({}, { 1: { fid_list: ['1', '2'] } }), '/view/1/fid_list'],
    [
      'an attribute that is not listed',
      project({ m: drawn([2, 0, 0, 1, 1], { av: { 9: 'x' } }) }),
      '/metadata/m/av/9',
    ],
    ['a number of no shape', project({ m: drawn([77, 0, 0]) }), '/metadata/m/xy/0'],
    ['a rectangle of three numbers', project({ m: drawn([2, 0, 0, 1]) }), '/metadata/m/xy'],
  ])('refuses %s', async (_, data, pointer) => {
    const refusal = await refusalOf(() => read(data, options))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.errors[0].pointer).toBe(pointer)
  })
})

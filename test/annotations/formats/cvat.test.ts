import { describe, expect, it } from 'vitest'
import { areas, refusalOf, rowsOf } from '../grid.ts'
import { paint, read, readAndPaint } from '../read.ts'
import { sample, sampleJson, sampleTest } from '../samples.ts'

const text = (path: string) => new TextDecoder().decode(sample(path))

describe('mask points', () => {
  const size = { format: 'cvat_mask', width: 5, height: 4 } as const

  it('runs go along the rows of the box, its corners included', async () => {
    const { map } = await readAndPaint([0, 1, 3, 2, 1, 1, 3, 2], size)
    expect(rowsOf(map)).toEqual(['.....', '.1...', '..11.', '.....'])
  })

  it('paints a list of labelled masks in its order, later ones on top', async () => {
    const data = [
      { label: 'a', points: [0, 4, 1, 1, 2, 2] },
      { label: 'b', points: [0, 1, 2, 2, 2, 2] },
    ]
    const { map, names } = await readAndPaint(data, { width: 5, height: 4 })
    expect(rowsOf(map)).toEqual(['.....', '.11..', '.12..', '.....'])
    expect([...names!]).toEqual([
      [1, 'a'],
      [2, 'b'],
    ])
  })

  it('cuts a box that reaches over the image', async () => {
    const { map } = await readAndPaint([0, 9, -1, -1, 1, 1], size)
    expect(rowsOf(map)).toEqual(['11...', '11...', '.....', '.....'])
  })

  it.each([
    ['runs that are more than the box', [0, 5, 1, 1, 2, 2]],
    ['runs that are less', [0, 3, 1, 1, 2, 2]],
    ['a negative run', [5, -1, 1, 1, 2, 2]],
    ['a box without area', [0, 4, 2, 2, 1, 1]],
    ['no runs', [1, 1, 2, 2]],
  ])('refuses %s', async (_, points) => {
    expect((await refusalOf(() => readAndPaint(points, size))).code).toBe('INVALID_ANNOTATION')
  })
})

describe('the shapes of the API', () => {
  const shape = (more: object) => ({
    type: 'rectangle',
    frame: 0,
    label_id: 7,
    points: [0, 0, 2, 2],
    z_order: 0,
    rotation: 0,
    group: 0,
    ...more,
  })
  const at = { width: 6, height: 3 }
  const job = (...shapes: object[]) => ({ shapes, tracks: [], tags: [], version: 0 })

  sampleTest('the masks of a real job fill what their runs add up to', async () => {
    const annotations = sampleJson('cvat/api_job27_annotations.json')
    const masks = annotations.shapes.filter(({ type }: { type: string }) => type === 'mask')
    expect(masks.length).toBe(1)
    for (const { points, frame } of masks) {
      const runs = points.slice(0, -4)
      const inside = runs.filter((_: number, at: number) => at % 2).reduce((a: number, b: number) => a + b, 0)
      const only = {
        ...annotations,
        shapes: masks.filter((mask: { points: number[] }) => mask.points === points),
      }
      const { map } = await readAndPaint(only, { image: frame, width: 2000, height: 2000 })
      expect(Object.values(areas(map))).toEqual([inside])
    }
  })

  sampleTest('names label ids by the answer about labels', async () => {
    const annotations = sampleJson('cvat/api_job27_annotations.json')
    const labels = sampleJson('cvat/api_labels_task22.json')
    const image = await read(
      { ...annotations, labels: { results: labels } },
      { image: 0, width: 1000, height: 1000 },
    )
    const names = new Set(image.regions.map(({ label }) => (label.kind === 'name' ? label.name : label.kind)))
    expect([...names].every((name) => ['dog', 'cat', 'skele'].includes(name))).toBe(true)
    expect(image.warnings.map(({ code }) => code)).toEqual(['REGION_SKIPPED'])
  })

  it('paints by z order, equal ones as they are listed, and keeps the numbers of labels', async () => {
    const data = job(
      shape({ label_id: 9, z_order: 1, points: [0, 0, 3, 1] }),
      shape({ label_id: 3, points: [0, 0, 4, 2] }),
      shape({ label_id: 4, points: [3, 0, 5, 2] }),
    )
    expect(rowsOf((await readAndPaint(data, at)).map)).toEqual(['99944.', '33344.', '......'])
  })

  it('turns rectangles about their middle, and reads ellipses by their right and upper end', async () => {
    const turned = job(shape({ points: [1, 1, 5, 3], rotation: 90 }))
    expect(rowsOf((await readAndPaint(turned, { width: 6, height: 4, polygon_fill: 'center' })).map)).toEqual(
      ['..77..', '..77..', '..77..', '..77..'],
    )
    const ellipse = job(shape({ type: 'ellipse', points: [3, 1.5, 6, 0] }))
    expect(rowsOf((await readAndPaint(ellipse, at)).map)).toEqual(['.7777.', '777777', '.7777.'])
  })

  it('counts placeholders of frames that a ground-truth job leaves out as frames', async () => {
    const frame = (name: string, width: number) => ({ name, width, height: 3 })
    const meta = {
      start_frame: 4,
      included_frames: [6],
      frames: [frame('placeholder', 1), frame('placeholder', 1), frame('c.png', 6)],
    }
    const data = { ...job(shape({ frame: 6, points: [0, 0, 1, 1] })), meta }
    const { width, height } = (await readAndPaint(data, { format: 'cvat_shapes', image: 'c.png' })).map
    expect([width, height]).toEqual([6, 3])
  })

  it('names frames by number or, with the meta data, by file, and takes their sizes from there', async () => {
    const meta = {
      start_frame: 4,
      frames: [4, 5].map((n) => ({ name: `f${n}.png`, width: 3, height: n - 2 })),
    }
    const data = { ...job(shape({ frame: 4 }), shape({ frame: 5, points: [0, 0, 1, 1] })), meta }
    expect(rowsOf((await readAndPaint(data, { image: 'f5.png' })).map)).toEqual(['7..', '...', '...'])
    expect(rowsOf((await readAndPaint(data, { image: 4 })).map)).toEqual(['77.', '77.'])
    expect((await refusalOf(() => read(data))).message).toContain('4, 5')
    expect((await refusalOf(() => read(data, { image: 'g.png' }))).message).toContain('g.png')
  })

  it('shows the last key frame of a track, moves its boxes between two, and ends it where it is outside', async () => {
    const key = (frame: number, left: number, more = {}) =>
      shape({ frame, points: [left, 0, left + 2, 1], label_id: undefined, ...more })
    const tracks = [
      { label_id: 2, frame: 0, group: 0, shapes: [key(0, 0), key(4, 4), key(8, 4, { outside: true })] },
    ]
    const at0 = async (image: number) =>
      rowsOf((await readAndPaint({ shapes: [], tracks, tags: [] }, { ...at, image })).map)[0]
    expect(await at0(0)).toBe('22....')
    expect(await at0(2)).toBe('..22..')
    expect(await at0(5)).toBe('....22')
    expect(await at0(9)).toBe('......')
  })

  it('names the shape in refusals', async () => {
    const bad = job(shape({}), shape({ type: 'polygon', points: [1, 1, 2] }))
    expect((await refusalOf(() => read(bad, at))).errors[0].pointer).toBe('/shapes/1/points')
    const far = job(shape({ type: 'polygon', points: [0, 0, 1e300, 0, 1, 1] }))
    expect((await refusalOf(() => read(far, at))).errors[0].pointer).toBe('/shapes/0/points')
  })
})

describe('XML', () => {
  sampleTest("the example of CVAT's manual", async () => {
    const image = await read(text('cvat/doc_cvat_for_images_1.1_example.xml'))
    expect([image.width, image.height]).toEqual([1600, 1200])
    expect(image.regions.map(({ label }) => label.kind === 'name' && label.name)).toEqual([
      'plate',
      'car',
      'car',
    ])
    const { map, names } = paint(image)
    expect([...names!.values()]).toEqual(['plate', 'car'])
    const plate = areas(map)[1]
    expect(plate).toBe((966 - 797) * (929 - 871))
  })

  sampleTest("the images of Datumaro's file, by name or number", async () => {
    const source = text('cvat/datumaro_for_images_train.xml')
    expect(rowsOf((await readAndPaint(source, { image: 'img0.jpg' })).map)).toEqual([
      ...Array(2).fill('........'),
      ...Array(2).fill('1111....'),
      ...Array(4).fill('........'),
    ])
    expect((await read(source, { image: 1 })).regions.length).toBe(1)
    expect((await refusalOf(() => read(source))).message).toContain('img0.jpg, img1.jpg')
  })

  const xml = (inside: string, attributes = 'id="0" name="a.png" width="4" height="3"') =>
    `<?xml version="1.0"?><annotations><image ${attributes}>${inside}</image></annotations>`

  it('reads a mask by its runs, corner and size', async () => {
    const mask = '<mask label="x" rle="1, 2, 1" left="1" top="1" width="2" height="2" z_order="0"/>'
    expect(rowsOf((await readAndPaint(xml(mask))).map)).toEqual(['....', '..1.', '.1..'])
  })

  it('reads frames of tracks', async () => {
    const box = (frame: number, outside: number) =>
      `<box frame="${frame}" outside="${outside}" xtl="0" ytl="0" xbr="2" ybr="1"/>`
    const source = `<annotations><meta><task><original_size><width>3</width><height>2</height></original_size></task></meta>
      <track id="0" label="car">${box(0, 0)}${box(1, 1)}</track><track id="1" label="bus">${box(1, 0)}</track></annotations>`
    expect(rowsOf((await readAndPaint(source, { image: 0 })).map)).toEqual(['11.', '...'])
    const { names } = await readAndPaint(source, { image: 1 })
    expect([...names!.values()]).toEqual(['bus'])
  })

  it('reads a frame of a video in which nothing is seen as an empty mask, and refuses one beyond its end', async () => {
    const source = `<annotations><meta><task><start_frame>0</start_frame><stop_frame>9</stop_frame>
      <original_size><width>3</width><height>2</height></original_size></task></meta>
      <track id="0" label="car"><box frame="1" outside="0" xtl="0" ytl="0" xbr="2" ybr="1"/>
      <box frame="2" outside="1" xtl="0" ytl="0" xbr="2" ybr="1"/></track></annotations>`
    expect(rowsOf((await readAndPaint(source, { image: 7 })).map)).toEqual(['...', '...'])
    expect((await refusalOf(() => read(source, { image: 10 }))).code).toBe('INVALID_ANNOTATION')
  })

  it('counts a polygon or a mask in a text once, and refuses it before it is taken apart', async () => {
    const points = Array.from({ length: 60 }, (_, at) => `${at},${at % 2}`).join(';')
    const polygon = xml(`<polygon label="a" points="${points}"/>`)
    expect((await read(polygon, { limits: { maxVertices: 60 } })).regions.length).toBe(1)
    expect((await refusalOf(() => read(polygon, { limits: { maxVertices: 59 } }))).code).toBe(
      'INPUT_TOO_LARGE',
    )
    const mask = xml('<mask label="x" rle="1, 2, 1" left="1" top="1" width="2" height="2"/>')
    expect((await read(mask, { limits: { maxRuns: 7 } })).regions.length).toBe(1)
    expect((await refusalOf(() => read(mask, { limits: { maxRuns: 2 } }))).code).toBe('INPUT_TOO_LARGE')
  })

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><annotations></annotations>'],
    ['an entity of its own', xml('<tag label="&lol;"/>')],
    ['what is not closed', '<annotations><image>'],
    ['nesting without end', '<annotations>'.repeat(200)],
    ['no image at all', '<annotations></annotations>'],
    ['a vertex that is none', xml('<polygon label="a" points="1,2;3;4,5"/>')],
    ['runs that are no numbers', xml('<mask label="x" rle="1, b" left="1" top="1" width="2" height="2"/>')],
    ['a box without a side', xml('<box label="a" xtl="1"/>')],
    ['an image without a size', xml('', 'id="0" name="a.png"')],
    ['a size that is none', xml('', 'id="0" name="a" width="-4" height="x"')],
  ])('refuses %s', async (_, source) => {
    expect((await refusalOf(() => read(source))).code).toBe('INVALID_ANNOTATION')
  })
})

import { describe, expect, it } from 'vitest'
import { refusalOf, rowsOf } from './grid.ts'
import { paint, read, readAndPaint } from './read.ts'

const size = { width: 4, height: 1 }
/** A polygon over the pixels `from` to `to` of a row, as COCO writes it. */
const bar = (from: number, to: number) => [from, 0, to, 0, to, 1, from, 1]
const rowOf = async (...args: Parameters<typeof readAndPaint>) => rowsOf((await readAndPaint(...args)).map)[0]
const codesOf = async (...args: Parameters<typeof read>) =>
  (await read(...args)).warnings.map(({ code }) => code)

describe('COCO of other writers', () => {
  const annotation = (image_id: unknown, segmentation: unknown = [bar(0, 2)]) => ({
    id: 1,
    image_id,
    category_id: 1,
    segmentation,
  })
  const dataset = (images: object[], annotations: object[]) => ({
    images: images.map((image) => ({ ...size, ...image })),
    categories: [{ id: 1, name: 'cell' }],
    annotations,
  })

  it('compares the ids of images as texts', async () => {
    expect(await rowOf(dataset([{ id: 1, file_name: 'a' }], [annotation('1')]))).toBe('11..')
    expect(await rowOf(dataset([{ id: '1', file_name: 'a' }], [annotation(1)]))).toBe('11..')
    expect((await refusalOf(() => read(dataset([{ id: 1 }], [annotation('01')])))).message).toContain(
      '"/annotations/0/image_id is 01, which is the `id` of no listed image'.slice(1),
    )
  })

  it('tells of annotations of no listed image, and refuses an image that has no others', async () => {
    const images = [{ id: 1, file_name: 'a' }]
    expect(await codesOf(dataset(images, [annotation(1), annotation(7)]))).toEqual([
      'ANNOTATIONS_OF_NO_IMAGE',
    ])
    for (const stray of [annotation(7), annotation(undefined), annotation(null)])
      expect((await refusalOf(() => read(dataset(images, [stray])))).errors[0].pointer).toBe(
        '/annotations/0/image_id',
      )
  })

  it('refuses images that share an id', async () => {
    const shared = dataset(
      [
        { id: 1, file_name: 'a' },
        { id: 1, file_name: 'b' },
      ],
      [annotation(1)],
    )
    expect((await refusalOf(() => read(shared, { image: 'a' }))).message).toContain('is 1 for two images')
  })

  it('takes a number for an id, and refuses a text that is an id and the file of another image', async () => {
    const crossed = dataset(
      [
        { id: 1, file_name: '2.jpg' },
        { id: 2, file_name: '1.jpg' },
      ],
      [annotation(1)],
    )
    expect(await rowOf(crossed, { image: 1 })).toBe('11..')
    expect(await rowOf(crossed, { image: '1.jpg' })).toBe('....')
    expect((await refusalOf(() => read(crossed, { image: '1' }))).message).toContain('give an id as a number')
    const alike = dataset(
      [
        { id: 1, file_name: '1.jpg' },
        { id: 2, file_name: '2.jpg' },
      ],
      [annotation(1)],
    )
    expect(await rowOf(alike, { image: '1' })).toBe('11..')
  })

  it('refuses a name that is in several folders, and reads it with its folder', async () => {
    const folders = dataset(
      [
        { id: 1, file_name: 'x/a.jpg' },
        { id: 2, file_name: 'y\\a.jpg' },
      ],
      [annotation(2)],
    )
    expect(await rowOf(folders, { image: 'y/a.png' })).toBe('11..')
    expect((await refusalOf(() => read(folders, { image: 'a.jpg' }))).message).toContain('x/a.jpg, y\\a.jpg')
    expect((await refusalOf(() => read(folders, { image: 'z/a.jpg' }))).code).toBe('INVALID_ANNOTATION')
  })

  it('reads a flat list of numbers as the only part, and counts that Python printed as bytes', async () => {
    expect(await rowOf(dataset([{ id: 1 }], [annotation(1, bar(1, 3))]))).toBe('.11.')
    // The counts 76, 1, 1 of 78 pixels: a backslash (44 + 48) is among their characters, and Python doubles it.
    const rle = (counts: string) => [annotation(1, { size: [1, 78], counts })]
    const plain = await rowOf(rle('\\211'))
    expect(plain.indexOf('1')).toBe(76)
    expect(await rowOf(rle("b'\\\\211'"))).toBe(plain)
    expect(await rowOf(rle('b"\\\\211"'))).toBe(plain)
  })

  it('takes a results file that has nothing on the image for an empty mask once its size is known', async () => {
    const results = [annotation(1), annotation(2)]
    expect(await rowOf(results, { image: 3, ...size })).toBe('....')
    expect(await codesOf(results, { image: '3', ...size })).toEqual(['NOTHING_ON_IMAGE'])
    expect((await refusalOf(() => read(results, { image: 3 }))).message).toContain('`width` and `height`')
    expect((await refusalOf(() => read(results, { image: 'c.jpg', ...size }))).message).toContain('only 1, 2')
    expect(await codesOf([], size)).toEqual(['NOTHING_ON_IMAGE'])
    expect((await refusalOf(() => read([]))).message).toContain('`width` and `height`')
  })
})

describe('CVAT with files and frames', () => {
  const box = (frame: number, left: number) => ({
    type: 'rectangle',
    frame,
    label_id: 1,
    points: [left, 0, left + 1, 1],
  })
  const frames = ['a', 'b', 'c'].map((stem) => ({ name: `x/${stem}.jpg`, ...size }))
  const job = (meta: object, ...shapes: object[]) => ({ shapes, tracks: [], meta: { frames, ...meta } })

  it('counts frames as the task does, whatever its start frame and step are', async () => {
    const stepped = job({ start_frame: 10, frame_filter: 'step=2' }, box(0, 0), box(2, 2))
    expect(await rowOf(stepped, { image: 'c.jpg' })).toBe('..1.')
    expect(await rowOf(stepped, { image: 'x\\a' })).toBe('1...')
    expect(await rowOf(stepped, { image: 1 })).toBe('....')
    // The second job of a task of steps of 2: its frames are 3, 4, 5.
    const second = job({ start_frame: 16, frame_filter: 'step=2' }, box(3, 0), box(5, 2))
    expect(await rowOf(second, { image: 'c.jpg' })).toBe('..1.')
    expect(await rowOf(job({ start_frame: 3 }, box(4, 1)), { image: 'b' })).toBe('.1..')
  })

  it('asks for the job where the numbers of frames are not certain', async () => {
    const unsure = job({ start_frame: 1 }, box(1, 1))
    const refusal = await refusalOf(() => read(unsure, { image: 'b.jpg' }))
    expect(refusal.message).toContain('as `job`')
    expect(await rowOf({ ...unsure, job: { start_frame: 0 } }, { image: 'b.jpg' })).toBe('.1..')
    expect(await rowOf({ ...unsure, job: { start_frame: 1 } }, { image: 'b.jpg' })).toBe('....')
  })

  it('refuses a frame that a video does not have', async () => {
    const video = job({ frames: [{ name: 'v.mp4', ...size }], size: 3, start_frame: 0 }, box(2, 2))
    expect(await rowOf(video, { image: 2 })).toBe('..1.')
    expect((await refusalOf(() => read(video, { image: 3 }))).message).toContain('the frames 0 to 2')
  })

  const image = (attributes: string, left: number) =>
    `<image ${attributes} width="4" height="1"><box label="c" xtl="${left}" ytl="0" xbr="${left + 1}" ybr="1"/></image>`
  const xml = (...content: string[]) => `<annotations>${content.join('')}</annotations>`

  it('finds an image of an XML without its ending and folder, or with others', async () => {
    const source = xml(image('id="7" name="x/a.jpg"', 0), image('id="8" name="x/b.jpg"', 2))
    for (const name of ['b', 'b.png', 'x\\b', 'x/b.jpg', 8])
      expect(await rowOf(source, { image: name })).toBe('..1.')
    expect((await refusalOf(() => read(source, { image: 'y/b' }))).message).toContain('only x/a.jpg, x/b.jpg')
  })

  it('tells images of one name apart by the subset and the task', async () => {
    const source = xml(
      image('id="0" name="a.jpg" subset="Train" task_id="5"', 0),
      image('id="1" name="a.jpg" subset="Test" task_id="5"', 1),
      image('id="0" name="a.jpg" subset="Test" task_id="6"', 2),
    )
    expect(await rowOf(source, { image: 'Train/a.jpg' })).toBe('1...')
    expect(await rowOf(source, { image: '6/a' })).toBe('..1.')
    expect(await rowOf(source, { image: '5/Test/a.jpg' })).toBe('.1..')
    expect((await refusalOf(() => read(source, { image: 'a.jpg' }))).message).toContain(
      '5/Train/a.jpg, 5/Test/a.jpg, 6/Test/a.jpg',
    )
  })

  it('moves boxes between the key frames of an XML, turns ellipses on, and keeps polygons with a warning', async () => {
    const key = (frame: number, left: number, outside = 0) =>
      `<box frame="${frame}" outside="${outside}" xtl="${left}" ytl="0" xbr="${left + 1}" ybr="1"/>`
    const source = xml(`<track id="0" label="c">${key(0, 0)}${key(4, 2)}${key(6, 2, 1)}</track>`)
    const at = (frame: number) => rowOf(source, { image: frame, ...size })
    expect([await at(0), await at(2), await at(4), await at(5), await at(6)]).toEqual([
      '1...',
      '.1..',
      '..1.',
      '..1.',
      '....',
    ])
    const polygon = (frame: number) => `<polygon frame="${frame}" outside="0" points="0,0;2,0;2,1;0,1"/>`
    const still = xml(`<track id="0" label="c">${polygon(0)}${polygon(2)}</track>`)
    expect(await codesOf(still, { image: 1, ...size })).toEqual(['NOT_INTERPOLATED'])
    expect((await refusalOf(() => read(still, { image: 3, ...size }))).message).toContain('only 0, 2')
  })

  it('keeps the frames of two tasks of a project apart', async () => {
    const track = (task: number, left: number) =>
      `<track id="0" label="c" task_id="${task}"><box frame="0" xtl="${left}" ytl="0" xbr="${left + 1}" ybr="1"/></track>`
    const source = xml(track(5, 0), track(6, 2))
    expect(await rowOf(source, { image: '6/0', ...size })).toBe('..1.')
    expect((await refusalOf(() => read(source, { image: 0, ...size }))).message).toContain('the tasks 5, 6')
  })

  it('tells of shapes that are nested where CVAT has none', async () => {
    const nested = image('id="0" name="a"', 0)
      .replace('<box', '<layer><box')
      .replace('</image>', '</layer></image>')
    expect(await codesOf(xml(nested))).toContain('REGION_SKIPPED')
  })
})

describe('Label Studio by file, tag and place', () => {
  const row = (x: number, more: object = {}) => ({
    id: `r${x}`,
    type: 'rectanglelabels',
    to_name: 'image',
    original_width: 4,
    original_height: 1,
    value: { x, y: 0, width: 25, height: 100, rectanglelabels: ['c'] },
    ...more,
  })
  const task = (id: number, data: object, ...result: object[]) => ({
    id,
    data,
    annotations: [{ id, result }],
  })
  const pair = task(
    1,
    { before: 'u/x.jpg', after: 'u/y.jpg' },
    row(0, { to_name: 'before' }),
    row(50, { to_name: 'after' }),
  )

  it('finds a task by the file of its data, whatever stands around the name', async () => {
    const addresses = [
      '/data/upload/1/0a1b2c3d-my%20a.jpg',
      '/data/local-files/?d=set/my%20a.jpg',
      'https://host/set/my a.jpg?X-Amz-Date=1',
      's3://bucket/set/my a.jpg',
    ]
    for (const address of addresses) {
      const tasks = [task(1, { image: 'b.jpg' }, row(0)), task(2, { image: address }, row(25))]
      expect(await rowOf(tasks, { image: 'my a.jpg' })).toBe('.1..')
    }
    expect(
      (await refusalOf(() => read([task(1, { image: 'b.jpg' }, row(0))], { image: 'a.jpg' }))).code,
    ).toBe('INVALID_ANNOTATION')
  })

  it('reads exports that begin with an unlabelled task', async () => {
    const tasks = [{ id: 1, data: { image: 'a.jpg' }, annotations: [] }, task(2, { image: 'b.jpg' }, row(25))]
    expect(await rowOf(tasks, { image: 'b.jpg' })).toBe('.1..')
    expect((await refusalOf(() => read(tasks, { image: 1 }))).message).toContain('the task has no annotation')
  })

  it('reads one of the images of a task by its tag or file, and mixes none', async () => {
    expect(await rowOf(pair, { image: 'after' })).toBe('..1.')
    expect(await rowOf([pair], { image: 'x.jpg' })).toBe('1...')
    expect(await rowOf([pair, task(2, { before: 'z.jpg' })], { image: '1/after' })).toBe('..1.')
    expect((await refusalOf(() => read([pair]))).message).toContain('(before, after)')
    const one = task(1, { before: 'x.jpg', after: 'y.jpg' }, row(0, { to_name: 'before' }))
    expect(await rowOf([one], { image: 'y.jpg', ...size })).toBe('....')
  })

  it('tells of regions of a video, and of rows without a value', async () => {
    const video = row(0, { id: 'v', type: 'videorectangle', value: { sequence: [{ frame: 1 }] } })
    expect(await codesOf([row(0), video])).toEqual(['REGION_SKIPPED'])
    expect(await codesOf([row(0), { id: 'q', type: 'brush' }])).toEqual(['REGION_SKIPPED'])
  })
})

describe('videos and older versions', () => {
  const path = [
    { x: 1, y: 0 },
    { x: 3, y: 0 },
    { x: 3, y: 1 },
    { x: 1, y: 1 },
  ]
  const darwin1 = (annotation: object) => ({
    dataset: 'd',
    image: { filename: 'a.jpg', ...size },
    annotations: [{ name: 'cell', ...annotation }],
  })

  it('reads Darwin JSON 1.0 with the paths of its polygons', async () => {
    expect(await rowOf(darwin1({ polygon: { path } }))).toBe('.11.')
    const inner = path.map(({ x, y }) => ({ x: Math.max(x, 2), y }))
    expect(await rowOf(darwin1({ polygon: { path, additional_paths: [inner] } }))).toBe('.1..')
    expect(await rowOf(darwin1({ complex_polygon: { path: [path, inner] } }))).toBe('.1..')
    expect(await codesOf(darwin1({ ellipse: { center: { x: 1, y: 1 } } }))).toEqual(['REGION_SKIPPED'])
  })

  it('refuses frames of videos, and names one of Encord', async () => {
    const frames = { frames: { 0: { polygon: { path } } } }
    expect((await refusalOf(() => read(darwin1(frames)))).message).toContain('frames of a video')
    const supervisely = { size, framesCount: 1, frames: [{ index: 0, figures: [] }], objects: [] }
    expect((await refusalOf(() => read(supervisely))).message).toContain('video')
    const bitmask = { top: 0, left: 0, ...size, rle_string: '13' }
    const unit = (data_title: string) => ({
      data_title,
      ...size,
      labels: { 3: { objects: [{ name: 'cell', shape: 'bitmask', bitmask }] } },
    })
    const one = [{ data_units: { h: unit('a.mp4') } }]
    const two = [{ data_units: { h: unit('a.mp4'), i: unit('b.mp4') } }]
    expect(await rowOf(one, { image: 3 })).toBe('.111')
    expect(await rowOf(two, { image: 'b.mp4/3' })).toBe('.111')
    expect((await refusalOf(() => read(one))).message).toContain('name the frame with `image`')
    expect((await refusalOf(() => read(one, { image: 4 }))).message).toContain(
      'no labels of frame 4, only of 3',
    )
  })

  it('refuses YOLO coordinates that are pixels or per cent, and keeps a shape that reaches over the edge', async () => {
    const yolo = { format: 'yolo_seg', ...size } as const
    for (const line of ['1 2 0 4 0 4 1 2 1', '1 25 0 75 0 75 100', '1 2 0.5 2 1'])
      expect((await refusalOf(() => read(line, yolo))).message).toContain('shares of the width and height')
    expect(await rowOf('1 0.5 0 1.1 0 1.1 1 0.5 1', yolo)).toBe('..11')
  })

  it('draws the circle of labelme’s own example with as many pixels as labelme does', async () => {
    // examples/primitives of labelme: the class image that it exports has 8,144 pixels of the circle.
    const shape = {
      label: 'c',
      shape_type: 'circle',
      points: [
        [195, 84],
        [225, 125],
      ],
    }
    const document = { imagePath: 'p.jpg', imageWidth: 560, imageHeight: 477, shapes: [shape] }
    const { map } = paint(await read(document))
    expect(map.labels.filter((label) => label !== 0).length).toBe(8144)
  })

  it('reads shapes of X-AnyLabeling that labelme does not have, and tells of those that are not read', async () => {
    const corners = [
      [0, 0],
      [1, 0],
      [1, 0],
      [0, 0],
    ]
    const document = (shape_type: string, label: unknown = 'c') => ({
      imagePath: 'a.jpg',
      shapes: [{ label, shape_type, points: corners }],
    })
    for (const kind of ['rotation', 'quadrilateral', 'rectangle'])
      expect(await rowOf(document(kind), size)).toBe('11..')
    expect(await rowOf(document('polygon', 3), size)).toBe('33..')
    const { warnings } = await read(document('cuboid'), size)
    expect(warnings[0].message).toContain('of a kind that is not read (cuboid)')
  })
})

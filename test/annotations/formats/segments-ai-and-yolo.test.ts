import { describe, expect, it } from 'vitest'
import { areas, refusalOf, rowsOf } from '../grid.ts'
import { pngOf } from '../png.ts'
import { paint, read, readAndPaint, readFile } from '../read.ts'
import { sample, sampleTest } from '../samples.ts'

describe('segments_ai', () => {
  /** Ids 0, 1, 258 and 258; alpha is always 255 and no part of them. */
  const bitmap = () => pngOf(4, 1, 4, [0, 0, 0, 255, 1, 0, 0, 255, 2, 1, 0, 255, 2, 1, 0, 255])
  const document = {
    annotations: [
      { id: 1, category_id: 4 },
      { id: 258, category_id: 2 },
    ],
  }

  it('reads no part of an id from the alpha byte', async () => {
    const image = await read(document, { png: await bitmap() })
    expect(rowsOf(paint(image).map)).toEqual(['.422'])
    expect(image.regions.map(({ instance }) => instance)).toEqual(['1', '258'])
  })

  it('takes names of categories from the dataset where they are given', async () => {
    const task_attributes = {
      categories: [
        { id: 4, name: 'cell' },
        { id: 2, name: 'leaf' },
      ],
    }
    const { names } = paint(await read({ ...document, task_attributes }, { png: await bitmap() }))
    expect([...names!]).toEqual([
      [4, 'cell'],
      [2, 'leaf'],
    ])
  })

  it('reads the attributes of a label as the API answers it', async () => {
    const attributes = { ...document, segmentation_bitmap: { url: 'https://example.org/label.png' } }
    const image = await read({ uuid: 'u', label_status: 'LABELED', attributes }, { png: await bitmap() })
    expect([image.format, rowsOf(paint(image).map)[0]]).toEqual(['segments_ai', '.422'])
  })

  it('refuses an id that no annotation has, and one that is listed twice', async () => {
    const [first] = document.annotations
    const missing = await refusalOf(async () => read({ annotations: [first] }, { png: await bitmap() }))
    expect(missing.message).toContain('258')
    const twice = { annotations: [first, first] }
    const refusal = await refusalOf(async () => read(twice, { png: await bitmap() }))
    expect(refusal.errors[0].pointer).toBe('/annotations/1/id')
  })

  sampleTest('reads the constructed sample', async () => {
    const sidecar = sample('segments-ai/constructed_attributes.json')
    const image = await readFile(sample('segments-ai/constructed_label_bitmap.png'), {}, sidecar)
    expect(image.format).toBe('segments_ai')
    expect(areas(paint(image).map)).toEqual({ 1: 7681, 2: 8680 })
  })
})

describe('yolo_seg', () => {
  const at = { format: 'yolo_seg', width: 8, height: 4 } as const

  it('reads coordinates as shares of the width and height, and warns that class 0 moves', async () => {
    const image = await read('3 0 0 0.5 0 0.5 0.5 0 0.5\n0 0.5 0.5 1 0.5 1 1 0.5 1\n', at)
    const { map, names } = paint(image)
    expect(rowsOf(map)).toEqual(['3333....', '3333....', '....1111', '....1111'])
    expect([...names!]).toEqual([[1, '0']])
  })

  it('keeps a hole that a bridge without width joins to the outline', async () => {
    // Outline, a bridge from its upper left corner to the hole, the hole the other way round, and back.
    const line = '2 0 0 1 0 1 1 0 1 0 0 0.25 0.25 0.25 0.75 0.75 0.75 0.75 0.25 0.25 0.25 0 0'
    expect(rowsOf((await readAndPaint(line, at)).map)).toEqual([
      '22222222',
      '22....22',
      '22....22',
      '22222222',
    ])
  })

  it('reads four numbers as a box about its middle, and the last of an even count of tokens as a confidence', async () => {
    const box = ['........', '..5555..', '..5555..', '........']
    expect(rowsOf((await readAndPaint('5 0.5 0.5 0.5 0.5', at)).map)).toEqual(box)
    expect(rowsOf((await readAndPaint('5 0.5 0.5 0.5 0.5 0.93', at)).map)).toEqual(box)
    expect(rowsOf((await readAndPaint('5 0.25 0.25 0.75 0.25 0.75 0.75 0.25 0.75 0.93', at)).map)).toEqual(
      box,
    )
  })

  it.each([
    ['a line with two points', '1 0 0', '/0'],
    ['a class that is no number', '1 0 0 1 0 1 1\ncat 0 0 1 0 1 1', '/1'],
    ['a share that is no number', '1 0 0 1 0 1 x', '/0'],
  ])('refuses %s', async (_, text, pointer) => {
    const refusal = await refusalOf(() => readAndPaint(text, at))
    expect([refusal.code, refusal.errors[0].pointer]).toEqual(['INVALID_ANNOTATION', pointer])
  })

  it('refuses lines without the size of their image', async () => {
    expect((await refusalOf(() => read('1 0 0 1 0 1 1', { format: 'yolo_seg' }))).message).toContain(
      '`width`',
    )
  })

  it('reads an empty file as an image without objects', async () => {
    expect(areas((await readAndPaint('', at)).map)).toEqual({})
  })

  sampleTest("Datumaro's", async () => {
    const text = new TextDecoder().decode(sample('yolo-seg/1.txt'))
    const { map } = await readAndPaint(text, {
      format: 'yolo_seg',
      width: 10,
      height: 20,
      polygon_fill: 'center',
    })
    // By hand: the columns of the polygon's centres have 3 and 12 pixels, which cover all but 3 of the triangle's 12.
    expect(areas(map)).toEqual({ 2: 3, 4: 15 })
  })
})

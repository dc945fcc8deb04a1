import { describe, expect, it } from 'vitest'
import { areas, refusalOf, rowsOf } from './grid.ts'
import { read, readAndPaint } from './read.ts'

describe('the same characters', () => {
  /** 1 off, 2 on, 3 off, 4 on, 2 off. */
  const counts = [1, 2, 3, 4, 2]
  const box = { top: 0, left: 0, width: 4, height: 3, rle_string: '1232O' }

  it('are one mask in COCO and another in Encord', async () => {
    const coco = await readAndPaint({ size: [3, 4], counts }, { format: 'coco_rle' })
    const text = await readAndPaint({ size: [3, 4], counts: '1232O' }, { format: 'coco_rle' })
    const encord = await readAndPaint(box, { format: 'encord' })
    expect(rowsOf(text.map)).toEqual(rowsOf(coco.map))
    expect(rowsOf(coco.map)).toEqual(['..11', '1.1.', '1.1.'])
    expect(rowsOf(encord.map)).toEqual(['.11.', '..11', '11..'])
    expect(areas(encord.map)).toEqual(areas(coco.map))
  })
})

describe('encord', () => {
  it('refuses a transposed box or gives another mask, never the same', async () => {
    const wide = { top: 0, left: 0, width: 4, height: 3, rle_string: '1232O' }
    const right = await readAndPaint(wide, { format: 'encord' })
    const turned = await readAndPaint({ ...wide, width: 3, height: 4 }, { format: 'encord' })
    expect(rowsOf(turned.map)).not.toEqual(rowsOf(right.map))
    const transposed = rowsOf(right.map)[0]
      .split('')
      .map((_, x) =>
        rowsOf(right.map)
          .map((row) => row[x])
          .join(''),
      )
    expect(rowsOf(turned.map)).not.toEqual(transposed)
    const refusal = await refusalOf(() => readAndPaint({ ...wide, height: 4 }, { format: 'encord' }))
    expect(refusal.errors[0].pointer).toBe('/rle_string')
  })

  it('reads several objects with names, and places a box within a larger image', async () => {
    const object = (label: string, left: number) => ({
      label,
      top: 1,
      left,
      width: 2,
      height: 1,
      rle_string: '02',
    })
    const { map, names } = await readAndPaint([object('a', 0), object('b', 1)], {
      format: 'encord',
      width: 4,
      height: 3,
    })
    expect(rowsOf(map)).toEqual(['....', '122.', '....'])
    expect([...names!.values()]).toEqual(['a', 'b'])
    const without = await refusalOf(() => readAndPaint([object('a', 1)], { format: 'encord' }))
    expect(without.message).toContain('`width` and `height`')
  })
})

describe("Encord's export", () => {
  const bitmask = { top: 0, left: 0, width: 4, height: 3, rleString: '1232O' }
  const polygon = { 0: { x: 0, y: 0 }, 1: { x: 0.5, y: 0 }, 2: { x: 0.5, y: 1 }, 3: { x: 0, y: 1 } }
  const unit = (title: string, ...objects: object[]) => ({
    data_units: {
      [`hash-${title}`]: { data_title: title, width: 4, height: 3, labels: { objects, classifications: [] } },
    },
  })

  it('reads bitmasks, polygons in shares of the image and names, and paints later objects on top', async () => {
    const data = [
      unit('a.png', { name: 'cell', shape: 'polygon', polygon }, { name: 'leaf', shape: 'bitmask', bitmask }),
    ]
    const { map, names, warnings } = await readAndPaint(data)
    expect(rowsOf(map)).toEqual(['122.', '1122', '22..'])
    expect([...names!.values()]).toEqual(['cell', 'leaf'])
    expect(warnings).toEqual([])
  })

  it('takes the data unit that is named of several, and leaves points out with a warning', async () => {
    const data = [
      unit('a.png', { name: 'p', shape: 'point', point: {} }),
      unit('b.png', { name: 'leaf', bitmask }),
    ]
    const image = await read(data, { image: 'a' })
    expect([image.format, image.regions.length, image.warnings[0].code]).toEqual([
      'encord',
      0,
      'REGION_SKIPPED',
    ])
    expect((await refusalOf(() => read(data))).message).toContain('a.png, b.png')
    const wrong = [unit('a.png', { name: 'x', bitmask: { ...bitmask, rleString: '1' } })]
    expect((await refusalOf(() => read(wrong))).errors[0].pointer).toBe(
      '/0/data_units/hash-a.png/labels/objects/0/bitmask/rleString',
    )
  })
})

describe('kaggle_rle', () => {
  const size = { format: 'kaggle_rle', width: 4, height: 3 } as const

  it('counts from 1, down the columns', async () => {
    expect(rowsOf((await readAndPaint('1 1', size)).map)).toEqual(['1...', '....', '....'])
    expect(rowsOf((await readAndPaint('3 2 11 2', size)).map)).toEqual(['.1..', '...1', '1..1'])
  })

  it('reads an empty text as an empty mask', async () => {
    expect(areas((await readAndPaint('', size)).map)).toEqual({})
    expect(areas((await readAndPaint(' \n', size)).map)).toEqual({})
  })

  it('reads labelled objects by either key', async () => {
    const data = [
      { label: 'a', rle: '1 3' },
      { label: 'b', EncodedPixels: '4 3' },
    ]
    const { map, names } = await readAndPaint(data, size)
    expect(rowsOf(map)).toEqual(Array(3).fill('12..'))
    expect([...names!.values()]).toEqual(['a', 'b'])
  })

  it.each([
    ['a start without a length', '1 2 3'],
    ['a start of 0', '0 2'],
    ['a length of 0', '1 0'],
    ['a run past the end', '12 2'],
    ['what is no number', '1 x'],
    ['a fraction', '1.5 2'],
    ['an exponent that is no image', '1 1e99'],
  ])('refuses %s', async (_, text) => {
    expect((await refusalOf(() => readAndPaint(text, size))).code).toBe('INVALID_ANNOTATION')
  })

  it('refuses a mask without a size', async () => {
    expect((await refusalOf(() => readAndPaint('1 1', { format: 'kaggle_rle' }))).message).toContain(
      '`width`',
    )
  })
})

import { describe, expect, it } from 'vitest'
import { assignLabels } from '../../../src/annotations/label-names.ts'
import { paintAnnotation } from '../../../src/annotations/paint.ts'
import { decodeMask } from '../../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../../src/limits.ts'
import { areas, refusalOf, rowsOf } from '../grid.ts'
import { pngOf } from '../png.ts'
import { paint, read, readAndPaint } from '../read.ts'
import { sample, sampleJson, sampleTest } from '../samples.ts'

const document = (...shapes: object[]) => ({ version: '5', shapes, imageHeight: 5, imageWidth: 6 })
const shape = (shape_type: string, points: number[][], more: object = {}) => ({
  label: 'a',
  points,
  group_id: null,
  shape_type,
  ...more,
})

describe('labelme', () => {
  sampleTest('paints its own exported class masks, pixel by pixel', async () => {
    const names = new TextDecoder().decode(sample('labelme/class_names.txt')).trim().split('\n')
    const classes = new Map(names.map((name, index) => [index, name.trim()]))
    for (const name of ['2011_000003', '2011_000006']) {
      const image = await read(sampleJson(`labelme/${name}.json`))
      const { map } = paintAnnotation(image, assignLabels([image], classes), defaultLimits)
      const png = sample(`labelme/SegmentationClass_${name}.png`)
      const expected = await decodeMask(png, { palette: 'index' }, defaultLimits)
      let different = 0
      for (let at = 0; at < map.labels.length; at++)
        if (map.labels[at] !== expected.map.labels[at]) different++
      expect(different).toBe(0)
    }
  })

  sampleTest('by another rule the same shapes differ from it', async () => {
    const inclusive = paint(await read(sampleJson('labelme/2011_000003.json'))).map
    const coco = paint(await read(sampleJson('labelme/2011_000003.json'), { polygon_fill: 'coco' })).map
    const different = inclusive.labels.filter((label, at) => label !== coco.labels[at]).length
    expect(different).toBeGreaterThan(500)
  })

  sampleTest('reads every primitive, with a mask', async () => {
    const image = await read(sampleJson('labelme/primitives_with_mask.json'))
    expect(image.warnings.map(({ code }) => code)).toEqual(['REGION_SKIPPED'])
    const { map, names } = paint(image)
    const labelOf = new Map([...names!].map(([label, name]) => [name, label]))
    expect(areas(map)[labelOf.get('rectangle')!]).toBe(101 * 101 + 152 * 103)
    expect([...labelOf.keys()]).toContain('octagon')
  })

  it('makes __ignore__ label 255 and _background_ label 0, and numbers the rest from 1', async () => {
    const data = document(
      shape(
        'rectangle',
        [
          [0, 0],
          [5, 4],
        ],
        { label: 'b' },
      ),
      shape(
        'rectangle',
        [
          [0, 0],
          [1, 1],
        ],
        { label: '__ignore__' },
      ),
      shape(
        'rectangle',
        [
          [4, 3],
          [5, 4],
        ],
        { label: '_background_' },
      ),
    )
    const { map, names } = await readAndPaint(data)
    expect([map.labels[0], map.labels[2], map.labels[29]]).toEqual([255, 1, 0])
    expect(names!.get(1)).toBe('b')
  })

  it('places the mask of a shape at its rounded corner, and cuts it at the image', async () => {
    const png = Buffer.from(await pngOf(2, 2, 1, [0, 1, 1, 1])).toString('base64')
    const masks = document(
      shape(
        'mask',
        [
          [1.4, 0.6],
          [2.4, 1.6],
        ],
        { mask: png },
      ),
      shape(
        'mask',
        [
          [5, 4],
          [6, 5],
        ],
        { mask: png, label: 'b' },
      ),
    )
    expect(rowsOf((await readAndPaint(masks)).map)).toEqual([
      '......',
      '..1...',
      '.11...',
      '......',
      '......',
    ])
  })

  it('reads a circle by its middle and a point of its rim', async () => {
    const { map } = await readAndPaint(
      document(
        shape('circle', [
          [2, 2],
          [2, 4],
        ]),
      ),
    )
    // The outline belongs to it: labelme draws every pixel within two and a half of the middle.
    expect(rowsOf(map)).toEqual(['.111..', '11111.', '11111.', '11111.', '.111..'])
  })

  it('takes parts of one label and group for one instance', async () => {
    const square = [
      [0, 0],
      [1, 1],
    ]
    const image = await read(
      document(
        shape('rectangle', square, { group_id: 1 }),
        shape('rectangle', square, { group_id: 1 }),
        shape('rectangle', square),
        shape('rectangle', square),
      ),
    )
    expect(new Set(image.regions.map(({ instance }) => instance)).size).toBe(3)
  })

  it.each([
    [
      'a mask that is no PNG',
      shape(
        'mask',
        [
          [0, 0],
          [1, 1],
        ],
        { mask: 'AAAA' },
      ),
      '/shapes/0/mask',
    ],
    [
      'a mask that is no base64',
      shape(
        'mask',
        [
          [0, 0],
          [1, 1],
        ],
        { mask: '%%%' },
      ),
      '/shapes/0/mask',
    ],
    [
      'no mask',
      shape('mask', [
        [0, 0],
        [1, 1],
      ]),
      '/shapes/0/mask',
    ],
    [
      'a polygon of two points',
      shape('polygon', [
        [0, 0],
        [1, 1],
      ]),
      '/shapes/0/points',
    ],
    ['a point of text', shape('polygon', [[0, 0], [1, 1], ['2', 3] as never]), '/shapes/0/points/2/0'],
    ['a rectangle of one point', shape('rectangle', [[0, 0]]), '/shapes/0/points'],
    [
      'no label',
      {
        points: [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
        shape_type: 'polygon',
      },
      '/shapes/0/label',
    ],
  ])('refuses %s', async (_, bad, pointer) => {
    const refusal = await refusalOf(() => read(document(bad)))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.errors[0].pointer).toBe(pointer)
  })
})

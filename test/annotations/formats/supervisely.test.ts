import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { refusalOf, rowsOf } from '../grid.ts'
import { pngOf } from '../png.ts'
import { read, readAndPaint } from '../read.ts'
import { sampleJson, sampleTest } from '../samples.ts'

const at = { width: 5, height: 4 }
const ring = [0, 0, 0, 0, 0, 0, 0, 255]
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const packed = async (png: Promise<Uint8Array>) => base64(deflateSync(await png))
const bitmap = (data: string, origin = [1, 1]) => ({ bitmap: { origin, data }, geometryType: 'bitmap' })

describe('supervisely', () => {
  sampleTest("the SDK's own example is a ring of 3 × 3", async () => {
    const { map } = await readAndPaint(sampleJson('supervisely/bitmap_doc_example.json'), at)
    expect(rowsOf(map)).toEqual(['.....', '.111.', '.1.1.', '.111.'])
  })

  it('takes what is not transparent for foreground, whatever its colour', async () => {
    const data = await packed(pngOf(2, 1, 4, ring))
    expect(rowsOf((await readAndPaint(bitmap(data), at)).map)[1]).toBe('..1..')
  })

  it('takes what is not black for foreground in a PNG without transparency, deflated again or not', async () => {
    const data = base64(await pngOf(3, 1, 1, [0, 1, 255]))
    expect(rowsOf((await readAndPaint(bitmap(data), at)).map)[1]).toBe('..11.')
  })

  it('reads an alpha mask as a bitmap', async () => {
    const data = await packed(pngOf(2, 1, 1, [0, 3]))
    const figure = { alpha_mask: { origin: [0, 0], data }, geometryType: 'alpha_mask' }
    expect(rowsOf((await readAndPaint(figure, at)).map)[0]).toBe('.1...')
  })

  it('reads size, names and holes, paints later objects on top, and cuts bitmaps at the edge', async () => {
    const figure = (classTitle: string, more: object) => ({ classTitle, ...more })
    const square = (from: number, to: number) => [
      [from, from],
      [to, from],
      [to, to],
      [from, to],
    ]
    const data = {
      size: at,
      objects: [
        figure('cell', {
          geometryType: 'polygon',
          points: { exterior: square(0, 4), interior: [square(1, 2)] },
        }),
        figure('leaf', {
          geometryType: 'rectangle',
          points: {
            exterior: [
              [3, 0],
              [5, 1],
            ],
            interior: [],
          },
        }),
        figure('cell', bitmap(await packed(pngOf(2, 1, 1, [1, 1])), [4, 2])),
        figure('line', {
          geometryType: 'line',
          points: {
            exterior: [
              [0, 0],
              [1, 1],
            ],
            interior: [],
          },
        }),
      ],
    }
    const image = await read(data)
    expect(image.warnings.map(({ code }) => code)).toEqual(['REGION_SKIPPED'])
    const { map, names } = await readAndPaint(data)
    expect(rowsOf(map)).toEqual(['11122', '1.11.', '11111', '1111.'])
    expect([...names!.values()]).toEqual(['cell', 'leaf'])
  })

  it('counts what is left out more than once', async () => {
    const line = { classTitle: 'line', geometryType: 'line', points: { exterior: [], interior: [] } }
    const { warnings } = await read({ size: at, objects: [line, line, line] })
    expect(warnings).toEqual([
      {
        code: 'REGION_SKIPPED',
        message: '/objects/0 is a line, which has no area, and was left out. This and 2 more.',
      },
    ])
  })

  it.each([
    ['no base64', '***', '/bitmap/data'],
    ['a cut zlib stream', base64(deflateSync(Buffer.alloc(1000, 'ab')).subarray(0, 12)), '/bitmap/data'],
    [
      'a zlib stream of no PNG',
      base64(deflateSync(Buffer.from('no image at all, however long it may be'))),
      '/bitmap/data',
    ],
  ])('refuses %s', async (_, data, pointer) => {
    const refusal = await refusalOf(() => readAndPaint(bitmap(data), at))
    expect([refusal.code, refusal.errors[0].pointer]).toEqual(['INVALID_ANNOTATION', pointer])
  })

  it('refuses an origin that is none, and figures without a size', async () => {
    const data = await packed(pngOf(2, 1, 1, [1, 1]))
    expect((await refusalOf(() => readAndPaint(bitmap(data, [0.5, 1]), at))).errors[0].pointer).toBe(
      '/bitmap/origin/0',
    )
    expect((await refusalOf(() => readAndPaint(bitmap(data)))).message).toContain('`width` and `height`')
  })
})

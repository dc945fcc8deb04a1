import { describe, expect, it } from 'vitest'
import { decodeMask } from '../../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../../src/limits.ts'
import { areas, refusalOf, rowsOf } from '../grid.ts'
import { paint, read, readAndPaint } from '../read.ts'
import { sample, sampleJson, sampleTest } from '../samples.ts'

const item = (width: number, height: number) => ({ name: 'a', slots: [{ slot_name: '0', width, height }] })
const maskOf = (id: string, name: string) => ({ id, name, mask: { sparse_rle: null } })
const layer = (dense_rle: number[], mask_annotation_ids_mapping: object, total_pixels: number) => ({
  id: 'layer',
  name: '__raster_layer__',
  raster_layer: { dense_rle, mask_annotation_ids_mapping, total_pixels },
})
const document = (...annotations: object[]) => ({ version: '2.0', item: item(4, 2), annotations })

describe('darwin', () => {
  it('reads all masks from one list of values and counts, along the rows', async () => {
    const data = document(
      maskOf('u1', 'cat'),
      maskOf('u2', 'dog'),
      layer([0, 1, 1, 2, 2, 3, 0, 2], { u1: 1, u2: 2 }, 8),
    )
    const { map, names } = await readAndPaint(data)
    expect(rowsOf(map)).toEqual(['.112', '22..'])
    expect([...names!.values()]).toEqual(['cat', 'dog'])
  })

  it('takes an inner path of a polygon for a hole, and leaves what has no area out with a warning', async () => {
    const path = (from: number, to: number) =>
      [
        [from, 0],
        [to, 0],
        [to, 2],
        [from, 2],
      ].map(([x, y]) => ({ x, y }))
    const image = await read(
      document(
        { id: 'p', name: 'cat', polygon: { paths: [path(0, 4), path(1, 3)] } },
        { id: 'l', name: 'line', line: { path: [] } },
      ),
    )
    expect(rowsOf(paint(image).map)).toEqual(['1..1', '1..1'])
    expect(image.warnings.map(({ code }) => code)).toEqual(['REGION_SKIPPED'])
  })

  it('leaves a mask that no layer draws out with a warning', async () => {
    const image = await read(document(maskOf('u1', 'cat')))
    expect(image.regions).toEqual([])
    expect(image.warnings.map(({ code }) => code)).toEqual(['REGION_SKIPPED'])
  })

  it('takes the slot that is named of several, and counts only what is drawn in it', async () => {
    const slots = ['left', 'right'].map((slot_name) => ({ slot_name, width: 4, height: 2 }))
    const path = [
      { x: 0, y: 0 },
      { x: 2, y: 0 },
      { x: 2, y: 2 },
      { x: 0, y: 2 },
    ]
    const polygon = (name: string, slot: string) => ({
      id: name,
      name,
      slot_names: [slot],
      polygon: { paths: [path] },
    })
    const data = { item: { slots }, annotations: [polygon('cat', 'left'), polygon('dog', 'right')] }
    const { map, names } = await readAndPaint(data, { image: 'right' })
    expect(rowsOf(map)).toEqual(['11..', '11..'])
    expect([...names!.values()]).toEqual(['dog'])
    expect((await refusalOf(() => read(data))).message).toContain('left, right')
  })

  it.each([
    ['too few pixels', [0, 7], '/annotations/1/raster_layer/dense_rle'],
    ['too many', [0, 4, 1, 5], '/annotations/1/raster_layer/dense_rle'],
    ['a value without a count', [0, 8, 1], '/annotations/1/raster_layer/dense_rle'],
    ['a value of no mask', [0, 4, 9, 4], '/annotations/1/raster_layer/dense_rle'],
    ['a negative count', [0, 9, 1, -1], '/annotations/1/raster_layer/dense_rle'],
  ])('refuses %s', async (_, runs, pointer) => {
    const data = document(maskOf('u1', 'cat'), layer(runs, { u1: 1 }, 8))
    const refusal = await refusalOf(() => read(data))
    expect([refusal.code, refusal.errors[0].pointer]).toEqual(['INVALID_ANNOTATION', pointer])
  })

  sampleTest("V7's own mask has the pixels that its runs add up to", async () => {
    const image = await read(sampleJson('v7-darwin/image_1-mask.json'))
    expect([image.width, image.height]).toEqual([1920, 1080])
    expect(areas(paint(image).map)).toEqual({ 1: 435 })
  })

  sampleTest("V7's own drawings of its polygons differ at their outlines only", async () => {
    const data = sampleJson('v7-darwin/instance_mask__from__000000021295.json')
    const image = await read(data)
    for (const [index, region] of image.regions.entries()) {
      const { map } = paint({ ...image, regions: [region] })
      const png = sample(`v7-darwin/instance_mask__to__masks__000000021295_0000${index}.png`)
      const own = (await decodeMask(png, {}, defaultLimits)).map
      const both = own.labels.filter((label, at) => label !== 0 && map.labels[at] !== 0).length
      const either = own.labels.filter((label, at) => label !== 0 || map.labels[at] !== 0).length
      expect(both / either).toBeGreaterThan(0.96)
    }
  })
})

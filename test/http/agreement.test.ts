import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agreementSchema } from '../../src/scoring/report/agreement-schema.ts'
import { writePngSamples } from '../oracle/png-writer.ts'
import { example, exampleJson, masks } from './examples.ts'
import { at, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const labels = (data: number[][]) => ({ format: 'labels', data })
const one = [[0, 0, 1, 1]]
const same = { annotator: 'ann', mask: labels(one) }

describe('POST /v1/agreement', () => {
  it('compares each annotator with each', async () => {
    const { status, json } = await post(service, '/v1/agreement', {
      masks: [
        same,
        { annotator: 'bob', mask: labels(one) },
        { annotator: 'cyn', mask: labels([[0, 1, 0, 1]]) },
      ],
    })
    expect(status, JSON.stringify(json)).toBe(200)
    expect(() => agreementSchema.parse(json)).not.toThrow()
    expect(json.mi_loss).toEqual([
      [0, 0, 1],
      [0, 0, 1],
      [1, 1, 0],
    ])
    const third = 1 / 3
    expect(json.mean_iou).toEqual([
      [1, 1, third],
      [1, 1, third],
      [third, third, 1],
    ])
    expect(json.outlier).toEqual({ name: 'cyn', mean_mi_loss: 1 })
    expect((json.annotators as { mean_mi_loss: number }[]).map((row) => row.mean_mi_loss)).toEqual([
      0.5, 0.5, 1,
    ])
    // Two of four pixels, votes 2 : 1.
    expect(at(json, '/disagreement/pixels')).toBe(2)
    expect(at(json, '/disagreement/share')).toBe(0.5)
    const entropy = (2 / 3) * Math.log2(3 / 2) + (1 / 3) * Math.log2(3)
    expect(at(json, '/disagreement/entropy_mean')).toBeCloseTo(entropy / 2, 15)
  })

  it('scores each annotator against the ground truth on the pixels that count', async () => {
    const { json } = await post(service, '/v1/agreement', {
      ground_truth: labels([[0, 0, 1, 255]]),
      masks: [same, { annotator: 'bob', mask: labels([[0, 0, 1, 0]]) }],
      options: { ignore_labels: [255] },
    })
    expect(json.mi_loss).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(json.annotators).toMatchObject([
      { mi_loss: 0, mean_iou_ground_truth: 1 },
      { mi_loss: 0, mean_iou_ground_truth: 1 },
    ])
    expect(json.outlier).toBeNull()
  })

  it('names a swapped label list', async () => {
    const { json } = await post(service, '/v1/agreement', {
      masks: [same, { annotator: 'bob', mask: labels([[1, 1, 0, 0]]) }],
    })
    expect(json.mi_loss).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(json.swapped).toEqual([
      {
        annotators: ['ann', 'bob'],
        relabelling: expect.arrayContaining([
          { from: 1, to: 0 },
          { from: 0, to: 1 },
        ]),
        gain: 1,
      },
    ])
  })

  it('takes annotations of any tool, as JSON or files, a zip among them', async () => {
    const { json } = await post(service, '/v1/agreement', {
      masks: ['coco', 'image', 'label_studio'].map((format, index) => ({
        annotator: format,
        mask: masks[format](index < 2 ? 'ground-truth' : 'prediction'),
      })),
      ground_truth: masks.supervisely('prediction'),
    })
    expect((json.mean_iou as number[][])[0].slice(0, 2), JSON.stringify(json)).toEqual([1, 1])
    expect(json.annotators).toMatchObject([
      { name: 'coco', mi_loss: expect.closeTo(0.5446979353609693, 12) },
      { name: 'image' },
      { name: 'label_studio', mi_loss: 0, mean_iou_ground_truth: 1 },
    ])
    expect(json.outlier).toMatchObject({ name: 'label_studio' })
    const data = new FormData()
    for (const file of ['cvat-masks/prediction.zip', 'v7/prediction.json'])
      data.append('masks', new Blob([new Uint8Array(example(file))]), file)
    const files = (await post(service, '/v1/agreement', data)).json
    expect((files.annotators as { name: string }[]).map(({ name }) => name)).toEqual([
      expect.stringMatching('prediction.zip'),
      expect.stringMatching('prediction.json'),
    ])
    expect(files.mi_loss).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  const scene = () => ({ annotator: 'a', mask: masks.supervisely('prediction') })
  const renamed = (rename: (name: string) => string) => {
    const data = exampleJson('supervisely/prediction.json')
    for (const object of data.objects) object.classTitle = rename(object.classTitle)
    return { annotator: 'b', mask: { format: 'supervisely', data } }
  }

  it('answers loss 0 for annotators who cut the image alike under other names', async () => {
    const body = { masks: [scene(), renamed((name) => `${name} (B)`)] }
    const { json } = await post(service, '/v1/agreement', body)
    expect(json.mi_loss).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(at(json, '/mean_iou/0/1')).toBeLessThan(0.5)
    expect(json.swapped).toEqual([])
  })

  it('names swapped labels by their names where annotations have names', async () => {
    const body = { masks: [scene(), renamed((name) => (name === 'cell' ? 'leaf' : 'cell'))] }
    const { json } = await post(service, '/v1/agreement', body)
    expect(json.swapped).toMatchObject([{ annotators: ['a', 'b'] }])
    const [warning] = json.warnings as { code: string; message: string }[]
    expect(warning.code).toBe('SWAPPED_LABELS')
    expect(warning.message).toContain('2 ("leaf") is a\'s 1 ("cell")')
  })

  it('tells what is odd about the ground truth, as of the annotators’ masks', async () => {
    const samples = Uint16Array.of(0, 257, 514, 257)
    const widened = writePngSamples({ width: 2, height: 2, bitDepth: 16, colourType: 0, samples })
    const file = { format: 'image', data: Buffer.from(widened).toString('base64') }
    const masks = ['a', 'b'].map((annotator) => ({ annotator, mask: file }))
    const { json } = await post(service, '/v1/agreement', { masks, ground_truth: file })
    expect(json.warnings).toMatchObject(
      ['ground truth', 'a', 'b'].map((side) => ({
        code: 'LIKELY_8_BIT_SCALED',
        message: expect.stringMatching(new RegExp(`^${side}: `)),
      })),
    )
  })

  it.each([
    ['one mask', { masks: [same] }, 'MISSING_PART', '/masks'],
    ['21 masks', { masks: Array(21).fill(same) }, 'TOO_MANY_MASKS', '/masks'],
    [
      'masks of two sizes',
      { masks: [same, { annotator: 'b', mask: labels([[1]]) }] },
      'SIZE_MISMATCH',
      undefined,
    ],
    ['an item without a mask', { masks: [same, {}] }, 'MISSING_PART', '/masks/1/mask'],
    ['a broken mask', { masks: [same, { mask: labels([[0.5]]) }] }, 'NON_INTEGER_LABEL', '/masks/1/data/0/0'],
  ])('refuses %s', async (_, body, code, pointer) => {
    const { json } = await post(service, '/v1/agreement', body)
    expect(json.code, JSON.stringify(json)).toBe(code)
    if (pointer) expect(at(json, '/errors/0/pointer')).toBe(pointer)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { detectionCases } from '../metrics/detection/golden-detections.ts'
import { at, form, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const square = (x: number, y: number, side: number) => [[x, y, x + side, y, x + side, y + side, x, y + side]]
const truthOf = (annotations: readonly object[]) => ({
  images: [{ id: 7, width: 64, height: 64 }],
  categories: [
    { id: 1, name: 'cat' },
    { id: 2, name: 'dog' },
  ],
  annotations: annotations.map((annotation, k) => ({ id: k, image_id: 7, category_id: 1, ...annotation })),
})
const twoCats = truthOf([{ segmentation: square(0, 0, 10) }, { segmentation: square(20, 20, 10) }])
const results = (list: readonly object[]) =>
  list.map((result) => ({ image_id: 7, category_id: 1, score: 0.5, ...result }))
const whole = { prediction: { width: 64, height: 64 } }

async function score(groundTruth: object, prediction: object, options: object = {}) {
  const { status, json } = await post(
    service,
    '/v1/score',
    form({
      ground_truth: groundTruth,
      prediction,
      options: { families: ['detection'], ...whole, ...options },
    }),
  )
  return { status, json, codes: ((json.warnings ?? []) as { code: string }[]).map(({ code }) => code) }
}

describe('objects with confidences', () => {
  it('of one image get what COCO answers, an annotation with id 0 among them', async () => {
    const golden = detectionCases.find(({ name }) => name === 'one-perfect')
    const { json } = await score(golden?.ground_truth ?? {}, golden?.results ?? [], { prediction: {} })
    const perfect = 1 - 2 ** -52
    expect(json.detection).toMatchObject({
      ap: perfect,
      ap50: perfect,
      ap_small: perfect,
      ap_large: null,
      ar_1: 1,
      per_category: [{ label: 1, name: 'class-1', ap: perfect, ap50: perfect, ar_100: 1 }],
    })
    const found = await score(twoCats, results([{ segmentation: square(0, 0, 10) }]))
    expect(at(found.json, '/detection/ap50')).toBeCloseTo(51 / 101, 12)
    expect(at(found.json, '/detection/ar_100')).toBe(0.5)
  })

  it('are matched by their boxes, of which one may have no mask', async () => {
    const boxes = truthOf([{ bbox: [0, 0, 10, 10] }, { bbox: [20, 20, 10, 10] }])
    const found = results([{ bbox: [0, 0, 10, 10] }, { bbox: [20, 20, 10, 8], score: 0.4 }])
    const { json } = await score(boxes, found, { detection: { iou: 'box' } })
    // The second box has the IoU 0.8: it reaches seven of the ten thresholds.
    expect(at(json, '/detection/ap50')).toBe(1)
    expect(at(json, '/detection/ar_100')).toBeCloseTo(0.85, 12)
  })

  it('are compared by the boxes of masks where a document gives none', async () => {
    const found = results([{ bbox: [0, 0, 10, 10] }, { bbox: [20, 20, 10, 10] }])
    const { json } = await score(twoCats, found, { detection: { iou: 'box' } })
    expect(at(json, '/detection/ar_100')).toBe(1)
  })

  it('have no score that is null without a reason', async () => {
    const { json } = await score(twoCats, [])
    expect(at(json, '/detection/ap')).toBe(0)
    expect(at(json, '/detection/ap_large')).toBeNull()
    expect(at(json, '/reasons')).toMatchObject({ '/detection/ap_large': 'empty_ground_truth' })
    const other = await score(twoCats, [], { detection: { thresholds: [0.3] } })
    expect(at(other.json, '/reasons')).toMatchObject({ '/detection/ap50': 'not_asked' })
  })

  it.each([
    ['a text', '0.9'],
    ['null', null],
    ['absent', undefined],
  ])('are refused where a score is no number but %s', async (_, value) => {
    const found = results([
      { segmentation: square(0, 0, 10) },
      { segmentation: square(0, 0, 10), score: value },
    ])
    const { status, json } = await score(twoCats, found)
    expect(status).toBe(422)
    expect(json.code).toBe('INVALID_ANNOTATION')
    expect(at(json, '/errors/0/pointer')).toBe('/prediction/1/score')
  })

  it('are refused where a mask is of another size', async () => {
    const segmentation = { size: [32, 64], counts: [0, 2048] }
    const { status, json } = await score(twoCats, results([{ segmentation }]), { prediction: {} })
    expect([status, json.code]).toEqual([422, 'SIZE_MISMATCH'])
    const mixed = results([{ segmentation: { size: [64, 64], counts: [0, 4096] } }, { segmentation }])
    expect((await score(twoCats, mixed)).json.code).toBe('INVALID_ANNOTATION')
  })

  it('of boxes and polygons have the size of the ground truth, and those of many images are those of its image', async () => {
    const found = results([{ segmentation: square(0, 0, 10) }, { bbox: [20, 20, 10, 10], image_id: 8 }])
    const { json, codes } = await score(twoCats, found, { prediction: {} })
    expect(codes).toEqual(expect.arrayContaining(['SIZE_OF_GROUND_TRUTH', 'IMAGE_OF_GROUND_TRUTH']))
    expect(at(json, '/detection/ar_100')).toBe(0.5)
    const none = await score(twoCats, [], { prediction: {} })
    expect([none.status, at(none.json, '/detection/ap')]).toEqual([200, 0])
    const elsewhere = results([{ image_id: 8, segmentation: square(0, 0, 10) }, { image_id: 9 }])
    const empty = await score(twoCats, elsewhere, { prediction: {} })
    expect(at(empty.json, '/detection/ap')).toBe(0)
    expect(empty.codes).toContain('NOTHING_ON_IMAGE')
    // What the options say goes before.
    const other = await score(twoCats, found, { prediction: { width: 32, height: 64, image: 7 } })
    expect(other.json.code).toBe('SIZE_MISMATCH')
  })

  it.each([
    ['OTHER_IMAGE', { image_id: 8 }],
    ['OBJECTS_WITHOUT_CATEGORY', { category_id: null }],
  ])(
    'are scored with the warning %s where the results do not say for sure what they are',
    async (code, odd) => {
      const found = results([{ segmentation: square(0, 0, 10), ...odd }])
      const { json, codes } = await score(twoCats, [...found, { ...found[0], ...odd, category_id: 2 }])
      expect(codes).toContain(code)
      expect(at(json, '/detection/ar_100')).toBe(0.5)
    },
  )

  it('are refused where `iscrowd` is neither 0 nor 1', async () => {
    const odd = truthOf([{ segmentation: square(0, 0, 10), iscrowd: 2 }])
    const { status, json } = await score(odd, [])
    expect([status, at(json, '/errors/0/pointer')]).toEqual([422, '/ground_truth/annotations/0/iscrowd'])
  })

  it('are told apart by numbers where two categories have one name', async () => {
    const names = [1, 2].map((id) => ({ id, name: 'cat' }))
    const truth = { ...twoCats, categories: names }
    const found = { ...truth, annotations: results([{ segmentation: square(0, 0, 10) }]) }
    expect(at((await score(truth, found)).json, '/detection/ar_100')).toBe(0.5)
  })

  it('of a category 0 count as any other, under its name', async () => {
    const zero = {
      images: [{ id: 7, width: 64, height: 64 }],
      categories: [{ id: 0, name: 'cat' }],
      annotations: results([{ category_id: 0, segmentation: square(0, 0, 10) }]),
    }
    const { json } = await score(zero, results([{ category_id: 0, segmentation: square(0, 0, 10) }]))
    expect(at(json, '/detection/per_category')).toMatchObject([{ label: 0, name: 'cat', ar_100: 1 }])
  })

  it.each([
    ['beyond all numbers', '1e999'],
    ['negative', '-0.5'],
  ])('may have any finite score, and none that is %s and no number', async (_, text) => {
    const sent = JSON.stringify(results([{ segmentation: square(0, 0, 10) }])).replace('0.5', text)
    const { status, json } = await post(
      service,
      '/v1/score',
      form({
        ground_truth: twoCats,
        prediction: Buffer.from(sent),
        options: { families: ['detection'], ...whole },
      }),
    )
    if (text === '1e999')
      expect([status, at(json, '/errors/0/pointer')]).toEqual([422, '/prediction/0/score'])
    else expect(at(json, '/detection/ar_100')).toBe(0.5)
  })

  it('of categories that the ground truth does not list are left out, and named', async () => {
    const stray = { segmentation: square(0, 0, 10), category_id: 99, score: 0.9 }
    const { json, codes } = await score(twoCats, results([stray, { segmentation: square(0, 0, 10) }]))
    expect(codes).toContain('UNKNOWN_CATEGORIES')
    expect(JSON.stringify(json.warnings)).toContain('(99)')
    expect(at(json, '/detection/ap50')).toBeCloseTo(51 / 101, 12)
  })

  it('meet by the names of categories where both documents have names', async () => {
    const named = {
      images: [{ id: 7, width: 64, height: 64 }],
      categories: [{ id: 5, name: 'cat' }],
      annotations: results([{ category_id: 5, segmentation: square(0, 0, 10) }]),
    }
    expect(at((await score(twoCats, named)).json, '/detection/per_category')).toMatchObject([
      { label: 1, name: 'cat', ar_100: 0.5 },
    ])
  })

  it('that share an id all count, and a warning says so', async () => {
    const same = truthOf([
      { id: 3, segmentation: square(0, 0, 10) },
      { id: 3, segmentation: square(20, 20, 10) },
    ])
    const { json, codes } = await score(same, results([{ segmentation: square(0, 0, 10) }]))
    expect(codes).toContain('REPEATED_IDS')
    expect(at(json, '/detection/ar_100')).toBe(0.5)
  })

  it('are crowds as the option `crowd` says', async () => {
    const crowd = truthOf([
      { segmentation: square(0, 0, 10), iscrowd: 1 },
      { segmentation: square(20, 20, 10) },
    ])
    const found = results([{ segmentation: square(20, 20, 10) }])
    expect(at((await score(crowd, found)).json, '/detection/ar_100')).toBe(1)
    const objects = await score(crowd, found, { ground_truth: { crowd: 'object' } })
    expect(at(objects.json, '/detection/ar_100')).toBe(0.5)
  })
})

describe('a pair without confidences', () => {
  it.each([
    ['no_confidences', twoCats, truthOf([{ segmentation: square(0, 0, 10) }]), {}],
    ['no_masks', twoCats, results([{ bbox: [0, 0, 10, 10] }]), {}],
    [
      'not_coco',
      { version: '5', shapes: [], imageWidth: 64, imageHeight: 64 },
      results([{ segmentation: square(0, 0, 9) }]),
      {},
    ],
    [
      'resized',
      twoCats,
      results([{ segmentation: square(0, 0, 9) }]),
      { resize: 'nearest', prediction: { width: 32, height: 32 } },
    ],
  ])(
    'answers null, the reason %s and a warning, and all other families',
    async (reason, truth, found, options) => {
      const { status, json, codes } = await score(truth, found, { families: ['all'], ...options })
      expect(status, JSON.stringify(json)).toBe(200)
      expect(json.detection).toBeNull()
      expect(at(json, '/reasons')).toMatchObject({ '/detection': reason })
      expect(codes).toContain('DETECTION_LEFT_OUT')
      expect(json.overlap).not.toBeNull()
    },
  )
})

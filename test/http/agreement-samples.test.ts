import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agreementSchema } from '../../src/scoring/report/agreement-schema.ts'
import { at, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

type Rows = readonly (readonly number[])[]

const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../golden/soft/golden.json'), 'utf8')) as {
  tolerance: number
  cases: {
    ged: {
      truths: Rows[]
      samples: Rows[]
      expect: { ged2: number; cross: number; diversity_prediction: number; diversity_truth: number }
    }
  }
}

const masked = (data: Rows) => ({ mask: { format: 'labels', data } })
const body = (masks: readonly Rows[], samples: readonly Rows[], options: object = {}) => ({
  masks: masks.map(masked),
  samples: samples.map(masked),
  options,
})
const ask = async (...sent: Parameters<typeof body>) => {
  const { status, json } = await post(service, '/v1/agreement', body(...sent))
  expect(status, JSON.stringify(json)).toBe(200)
  expect(() => agreementSchema.parse(json)).not.toThrow()
  return json as { ged: Record<string, unknown>; reasons: object; warnings: unknown; options: object }
}

const [left, top, corner] = [
  [
    [1, 0],
    [1, 0],
  ],
  [
    [1, 1],
    [0, 0],
  ],
  [
    [1, 0],
    [0, 0],
  ],
]
const white = [
  [255, 255],
  [0, 0],
]
const empty = [
  [0, 0],
  [0, 0],
]

describe('samples of a model beside the masks of annotators', () => {
  const { truths, samples, expect: reference } = golden.cases.ged

  it('have the generalised energy distance of the reference', async () => {
    const { ged, options } = await ask(truths, samples)
    expect(ged).toMatchObject({ distance: 'iou', classes: [{ label: 1 }], pixels: 4 })
    const near = (value: number) => expect.closeTo(value, -Math.log10(golden.tolerance))
    expect(ged).toMatchObject({
      ged2: near(reference.ged2),
      cross: near(reference.cross),
      diversity_samples: near(reference.diversity_prediction),
      diversity_masks: near(reference.diversity_truth),
    })
    expect(options).toMatchObject({ ged: { distance: 'iou', background: 0 }, samples: {} })
  })

  it('say how far each is from the masks, by its name', async () => {
    const { json } = await post(service, '/v1/agreement', {
      masks: [masked(left), masked(top)],
      samples: [{ name: 'one', ...masked(left) }, masked(empty)],
    })
    // Left and top share one of three pixels.
    expect(at(json, '/ged/samples')).toEqual([
      { name: 'one', distance_to_masks: 1 / 3 },
      { name: '2', distance_to_masks: 1 },
    ])
  })

  it('are at distance 0 of exactly where they are the masks in another order, by either distance', async () => {
    for (const distance of ['iou', 'mi_loss']) {
      const { ged } = await ask([left, top, corner], [corner, left, top], { ged: { distance } })
      expect(ged.ged2).toBe(0)
      expect(ged.diversity_masks).toBe(ged.diversity_samples)
    }
  })

  it('are compared by mi_loss, which is blind to names', async () => {
    const inverse = [
      [0, 0],
      [1, 1],
    ]
    const { ged } = await ask([top, top], [inverse, left], { ged: { distance: 'mi_loss' } })
    // Top is its inverse, and independent of left: distances 0 and 1.
    expect(ged).toEqual({
      distance: 'mi_loss',
      pixels: 4,
      cross: 0.5,
      diversity_masks: 0,
      diversity_samples: 0.5,
      ged2: 0.5,
      samples: [
        { name: '1', distance_to_masks: 0 },
        { name: '2', distance_to_masks: 1 },
      ],
    })
  })

  it('count a class that both lack as agreement, so a longer list of classes lowers the distance', async () => {
    const shorter = await ask([top, top], [empty, empty])
    const longer = await ask([top, top], [empty, empty], { ged: { classes: [0, 1, 2, 3, 4] } })
    expect([shorter.ged.cross, longer.ged.cross]).toEqual([1, 0.25])
    expect(longer.ged.classes).toEqual([1, 2, 3, 4].map((label) => ({ label })))
  })

  it('are compared on the pixels that no annotator calls void; their own void is a miss', async () => {
    const options = { ignore_labels: [255] }
    const { ged } = await ask(
      [[[1, 1, 255, 0]], [[1, 1, 1, 0]]],
      [[[1, 255, 0, 0]], [[1, 255, 0, 0]]],
      options,
    )
    expect(ged).toMatchObject({ pixels: 3, classes: [{ label: 1 }], cross: 0.5, ged2: 1 })
    const { ged: dropped } = await ask([top, top], [corner, left], { ignore_prediction_labels: [1] })
    expect(dropped.pixels).toBe(1)
  })

  it('have no distance, and say why, where nothing is foreground or nothing counts', async () => {
    const { ged, reasons } = await ask([empty, empty], [empty, empty])
    expect(ged).toMatchObject({ ged2: null, cross: null, samples: [{ distance_to_masks: null }, {}] })
    expect(reasons).toMatchObject({
      '/ged/ged2': 'absent_both',
      '/ged/samples/1/distance_to_masks': 'absent_both',
    })
    const options = { ignore_labels: [0], ged: { distance: 'mi_loss' } }
    expect((await ask([empty, empty], [top, top], options)).reasons).toMatchObject({
      '/ged/ged2': 'no_pixels',
    })
  })

  it('whose classes have other numbers than those of the masks are a warning', async () => {
    const { ged, warnings } = await ask([top, top], [white, white])
    expect(ged.cross).toBe(1)
    expect(warnings).toMatchObject([
      { code: 'LABEL_SETS_DISJOINT', message: expect.stringContaining('masks 1; samples 255') },
    ])
    const { ged: binary } = await ask([top, top], [white, empty], { binary: true })
    expect(binary).toMatchObject({ cross: 0.5, classes: [{ label: 1 }] })
  })

  it('change nothing of what is said of the masks, and without them nothing is said of samples', async () => {
    const { json: without } = await post(service, '/v1/agreement', { masks: [masked(left), masked(top)] })
    const { ged: _, options: __, ...others } = await ask([left, top], [corner, empty])
    const { options, ...rest } = without
    expect(rest).toEqual(others)
    expect(Object.keys(options as object)).not.toContain('ged')
  })

  it.each([
    ['a single sample', body([top, top], [top]), 'MISSING_PART', '/samples'],
    ['21 samples', body([top, top], Array(21).fill(top)), 'TOO_MANY_MASKS', '/samples'],
    ['a sample of another size', body([top, top], [top, [[1]]]), 'SIZE_MISMATCH', '/samples/1'],
    ['a broken sample', body([top, top], [top, [[0.5]]]), 'NON_INTEGER_LABEL', '/samples/1/data/0/0'],
    [
      'a key that a sample has not',
      { ...body([top, top], [top, top]), samples: [masked(top), { annotator: 'x', ...masked(top) }] },
      'UNEXPECTED_PART',
      '/samples/1/annotator',
    ],
    [
      'options of samples without samples',
      { masks: [masked(top), masked(top)], options: { ged: {} } },
      'INVALID_OPTIONS',
      '/options/ged',
    ],
    [
      'an unknown distance',
      body([top, top], [top, top], { ged: { distance: 'dice' } }),
      'INVALID_OPTIONS',
      '/options/ged/distance',
    ],
  ])('are refused: %s', async (_, sent, code, pointer) => {
    const { json } = await post(service, '/v1/agreement', sent)
    expect(json.code, JSON.stringify(json)).toBe(code)
    const pointers = (json.errors as { pointer: string }[]).map((error) => error.pointer)
    expect(pointers).toContain(pointer)
  })
})

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { zipOf } from '../annotations/zip-writer.ts'
import { writeNpy } from '../oracle/npy-writer.ts'
import { at, form, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

/** An image of one row. */
const labels = (values: readonly number[]) => writeNpy({ descr: '|u1', shape: [1, values.length], values })
/** Planes of one row, [class][pixel]. */
const planes = (rows: readonly (readonly number[])[], descr = '<f8') =>
  writeNpy({ descr, shape: [rows.length, 1, rows[0].length], values: rows.flat() })
const foreground = (values: readonly number[], descr = '<f8') =>
  writeNpy({ descr, shape: [1, values.length], values })

interface Asked {
  readonly probabilities?: object
  readonly truthProbabilities?: object
  readonly [option: string]: unknown
}
async function score(
  groundTruth: Uint8Array,
  prediction: Uint8Array,
  { probabilities = { layout: 'chw' }, truthProbabilities, ...options }: Asked = {},
) {
  const sides = {
    prediction: { probabilities },
    ...(truthProbabilities && { ground_truth: { probabilities: truthProbabilities } }),
  }
  const parts = { ground_truth: groundTruth, prediction, options: { ...sides, ...options } }
  return post(service, '/v1/score', form(parts))
}
async function scored(...asked: Parameters<typeof score>) {
  const { status, json } = await score(...asked)
  expect(status, JSON.stringify(json)).toBe(200)
  return json
}
const single = { labels: [0, 1] }

describe('maps of zeros and ones', () => {
  it('have the report of their labels, whatever the labels', async () => {
    const sides = fc.integer({ min: 2, max: 9 }).chain((pixels) => {
      const side = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: pixels, maxLength: pixels })
      return fc.tuple(side, side)
    })
    const [...pairs] = fc.sample(sides, { numRuns: 20, seed: 7 })
    for (const [truth, predicted] of pairs) {
      const hot = [0, 1, 2, 3].map((c) => predicted.map((label) => Number(label === c)))
      const parts = { ground_truth: labels(truth), prediction: labels(predicted) }
      const { json: hard } = await post(service, '/v1/score', form(parts))
      const soft = await scored(labels(truth), planes(hot, '|b1'))
      for (const key of ['mi_loss', 'information', 'pairs', 'overlap'])
        expect(at(soft, `/${key}`)).toEqual(at(hard, `/${key}`))
      for (const [own, other] of [
        ['/soft/mi_loss', '/mi_loss'],
        ['/soft/mi_loss_split', '/mi_loss_split'],
        ['/soft/mi', '/information/mi'],
        ['/soft/h_joint', '/information/h_joint'],
      ])
        expect(at(soft, own)).toBeCloseTo(at(hard, other) as number, 12)
    }
  })

  it('are wrong by the clip of the log loss and by 2 where the true class has nothing', async () => {
    const json = await scored(
      labels([0, 1, 1]),
      planes([
        [1, 0, 1],
        [0, 1, 0],
      ]),
    )
    expect(json.soft).toMatchObject({
      zero_at_truth: 1,
      brier: 2 / 3,
      log_loss: expect.closeTo(-Math.log(1e-15) / 3, 12),
    })
  })
})

it('a map has the same scores as bytes, as 16 bits and as floats that hold the same parts of 1', async () => {
  const parts = [
    [0, 51, 255, 102],
    [255, 204, 0, 153],
  ]
  const truth = labels([1, 0, 0, 1])
  const wanted = await scored(truth, planes(parts.map((row) => row.map((k) => k / 255))))
  for (const file of [
    planes(parts, '|u1'),
    planes(
      parts.map((row) => row.map((k) => 257 * k)),
      '<u2',
    ),
  ])
    expect((await scored(truth, file)).soft).toEqual(wanted.soft)
})

describe('which array of an .npz is the map', () => {
  const truth = labels([0, 1])
  const [map, other] = [
    planes([
      [0.75, 0.25],
      [0.25, 0.75],
    ]),
    planes([
      [0, 1],
      [1, 0],
    ]),
  ]
  it.each([
    [
      '`probabilities` of nnU-Net 2, before `softmax`',
      [
        ['softmax', other],
        ['probabilities', map],
      ],
      {},
    ],
    [
      '`softmax` of nnU-Net 1',
      [
        ['other', other],
        ['softmax', map],
      ],
      {},
    ],
    ['the only one', [['arr_0', map]], {}],
    [
      'the one that is named',
      [
        ['probabilities', other],
        ['mine', map],
      ],
      { entry: 'mine' },
    ],
  ] as const)('%s', async (_, arrays, more) => {
    const file = zipOf(...arrays.map(([name, content]) => ({ name: `${name}.npy`, content })))
    const { soft } = await scored(truth, file, { probabilities: { layout: 'chw', ...more } })
    expect(soft).toMatchObject({ brier: 0.125 })
  })
})

describe('the axis of channels of two maps', () => {
  /** [class][row][column] of 2 x 2 x 3: only the first axis sums to 1 in both. */
  const values = [0.75, 0.5, 0.25, 0.5, 1, 0.5, 0.25, 0.5, 0.75, 0.5, 0, 0.5]
  const map = writeNpy({ descr: '<f8', shape: [2, 2, 3], values })
  it('is the one along which both sum to 1', async () => {
    const both = { probabilities: {}, truthProbabilities: {}, soft: { coupling: 'maximal' } }
    const { soft } = await scored(map, map, both)
    expect(soft).toMatchObject({ classes: 2, mi_loss: 0, js: 0 })
  })
})

describe('a gradient', () => {
  it('has no row of a class that the truth has not, whose derivatives are 0 in the file', async () => {
    const map = planes([
      [0.5, 0.25, 0.125],
      [0.25, 0.5, 0.125],
      [0.25, 0.25, 0.75],
    ])
    const json = await scored(labels([0, 1, 1]), map)
    expect(at(json, '/soft/gradient_table/2')).toBeNull()
    expect(json.reasons).toMatchObject({ '/soft/gradient_table/2': 'empty_ground_truth' })
    const options = { prediction: { probabilities: { layout: 'chw' } }, ignore_labels: [1] }
    const parts = { ground_truth: labels([0, 0, 1]), prediction: map, options }
    const { json: file } = await post(service, '/v1/gradient', form(parts), { accept: 'application/json' })
    const gradient = file.data as number[]
    expect(gradient.filter((_, k) => k % 3 === 2)).toEqual([0, 0, 0])
  })

  it('says how many empty cells stood at epsilon, and nothing where there are none', async () => {
    const sure = await scored(
      labels([0, 0, 1]),
      planes([
        [1, 1, 0],
        [0, 0, 1],
      ]),
    )
    expect(at(sure, '/soft/clipped')).toBe(2)
    const soft = await scored(
      labels([0, 0, 1]),
      planes([
        [0.5, 1, 0.25],
        [0.5, 0, 0.75],
      ]),
    )
    expect(at(soft, '/soft/clipped')).toBe(0)
  })

  it('is null where both sides are one class, and there is nothing to lose', async () => {
    const json = await scored(
      labels([0, 0]),
      planes([
        [1, 1],
        [0, 0],
      ]),
    )
    expect(at(json, '/soft/mi_loss')).toBe(0)
    expect(at(json, '/soft/gradient_table')).toBeNull()
    expect(json.reasons).toMatchObject({ '/soft/gradient_table': 'zero_denominator' })
  })
})

describe('units', () => {
  it('are those of `log_base` for entropies alone: js stays in bits, and the log loss in nats', async () => {
    const map = planes([
      [0.9, 0.2, 0.4],
      [0.1, 0.8, 0.6],
    ])
    const bits = await scored(labels([0, 1, 1]), map)
    const nats = await scored(labels([0, 1, 1]), map, { log_base: 'e' })
    for (const key of ['js', 'log_loss', 'mi_loss'])
      expect(at(nats, `/soft/${key}`)).toBe(at(bits, `/soft/${key}`))
    expect(at(nats, '/soft/vi')).toBeCloseTo((at(bits, '/soft/vi') as number) * Math.LN2, 12)
  })
})

describe('what is not there', () => {
  it('is a class that neither side has any of, which has no Dice', async () => {
    const json = await scored(
      labels([0, 1]),
      planes([
        [1, 0.5],
        [0, 0.5],
        [0, 0],
      ]),
    )
    expect(at(json, '/soft/per_class/2')).toMatchObject({ dice_linear: null, iou_minimum: null })
    expect(json.reasons).toMatchObject({ '/soft/per_class/2/dice_linear': 'absent_both' })
  })

  it('are areas below curves without positives, and below the ROC without negatives', async () => {
    const json = await scored(
      labels([0, 0]),
      planes([
        [0.75, 1],
        [0.25, 0],
      ]),
      { families: ['thresholds'] },
    )
    expect(at(json, '/thresholds/per_class')).toMatchObject([
      { label: 0, average_precision: 1, auroc: null },
      { label: 1, average_precision: null, auroc: null, best_iou: null },
    ])
    expect(json.reasons).toMatchObject({
      '/thresholds/per_class/0/auroc': 'zero_denominator',
      '/thresholds/per_class/1/average_precision': 'empty_ground_truth',
    })
  })

  it('is region mutual information where fewer rows than a window are left', async () => {
    const json = await scored(labels([0, 1, 1, 0]), foreground([0.1, 0.9, 0.8, 0.3]), {
      probabilities: single,
      include: ['rmi'],
    })
    expect(at(json, '/soft/rmi/sum')).toBeNull()
    expect(json.reasons).toMatchObject({ '/soft/rmi/sum': 'too_small', '/soft/rmi/per_class/0': 'too_small' })
  })
})

describe('calibration', () => {
  it('puts a confidence on the upper end of a bin into it, and 0 into the first', async () => {
    const truth = labels([1, 0, 1, 0, 0])
    const json = await scored(truth, foreground([0.5, 0, 0.75, 1, 0.25]), {
      probabilities: single,
      families: ['calibration'],
      soft: { bins: 4 },
    })
    // The top labels: 0.5 (the lower of equal ones, 0: wrong), 1, 0.75, 1 (wrong), 0.75.
    expect(at(json, '/calibration/reliability')).toMatchObject([
      { pixels: 0, confidence: null },
      { from: 0.25, to: 0.5, pixels: 1, accuracy: 0 },
      { pixels: 2, confidence: 0.75, accuracy: 1 },
      { pixels: 2, confidence: 1, accuracy: 0.5 },
    ])
    expect(json.calibration).toMatchObject({
      ece: (0.5 + 2 * 0.25 + 2 * 0.5) / 5,
      mce: 0.5,
      ace: expect.closeTo((0.5 + 0.25 + 0.5) / 3, 15),
    })
    // Class 1: 0 is in the first bin beside 0.25, and counts: (0.25 + 0.5 + 0.25 + 1) / 5. Class 0: (0.75 + 0.5 + 0.25 + 0) / 5.
    expect(at(json, '/calibration/classwise_ece')).toBeCloseTo((0.4 + 0.3) / 2, 15)
  })
})

describe('thresholds', () => {
  it('have the average precision and the area below the ROC of scikit-learn, with ties', async () => {
    const q = [0.1, 0.4, 0.4, 0.4, 0.9, 0.8, 0, 0.2]
    const truth = labels([0, 1, 1, 0, 1, 0, 0, 1])
    const json = await scored(truth, foreground(q), {
      probabilities: single,
      families: ['thresholds', 'soft'],
    })
    const near = (value: number) => expect.closeTo(value, 15)
    expect(at(json, '/thresholds/per_class/0')).toMatchObject({
      average_precision: near(0.7166666666666667),
      auroc: near(0.6875),
    })
    expect(json.soft).toMatchObject({ log_loss: near(0.7216254929622694), brier: near(0.545) })
  })

  it('of equal values are the lowest', async () => {
    const json = await scored(labels([0, 1]), foreground([0.25, 0.75]), {
      probabilities: single,
      families: ['thresholds'],
    })
    // From the first k/255 above 1/4 on.
    expect(at(json, '/thresholds/per_class/0')).toMatchObject({
      best_iou: 1,
      best_iou_threshold: 64 / 255,
      best_dice_threshold: 64 / 255,
    })
  })
})

describe('a map in JSON', () => {
  const json = (columns: number) => ({
    ground_truth: { format: 'labels', data: Array(250).fill(Array(columns).fill(0).with(0, 1)) },
    prediction: { format: 'probabilities', data: Array(250).fill(Array(columns).fill(0.25)) },
    options: { prediction: { probabilities: {} } },
  })
  it('has at most 100,000 numbers, and says what to send instead', async () => {
    expect((await post(service, '/v1/score', json(400))).status).toBe(200)
    const { json: refused } = await post(service, '/v1/score', json(401))
    expect(refused.detail).toContain('100250 numbers')
    expect(refused.remedy).toMatch(/\.npy/)
  })
})

it('half precision that nobody called a map is refused with the option that reads it', async () => {
  const half = foreground([0.25, 0.75], '<f2')
  const { json } = await post(service, '/v1/score', form({ ground_truth: labels([0, 1]), prediction: half }))
  expect(json).toMatchObject({
    code: 'NON_INTEGER_LABEL',
    remedy: expect.stringContaining('`probabilities` to {}'),
  })
  await scored(labels([0, 1]), half, { probabilities: single })
})

it('the loss of invariant information clustering is that of the symmetric table, as docs/probabilities.md says', async () => {
  const { soft } = await scored(
    labels([0, 0, 1, 1]),
    planes([
      [0.9, 0.7, 0.4, 0.2],
      [0.1, 0.3, 0.6, 0.8],
    ]),
  )
  const { table } = soft as { table: number[][] }
  const probabilities = table.map((row, x) => row.map((cell, y) => (cell + table[y][x]) / 2))
  const { json } = await post(service, '/v1/table', { probabilities, options: { log_base: 'e' } })
  // By hand: rows of P are (.4, .1) and (.15, .35); the symmetric table is (.4, .125; .125, .35).
  const [a, b] = [0.525, 0.475]
  const mi =
    0.4 * Math.log(0.4 / (a * a)) + 2 * 0.125 * Math.log(0.125 / (a * b)) + 0.35 * Math.log(0.35 / (b * b))
  expect(at(json, '/information/mi')).toBeCloseTo(mi, 12)
})

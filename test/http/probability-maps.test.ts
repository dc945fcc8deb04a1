import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { zipOf } from '../annotations/zip-writer.ts'
import { type NpySpec, writeNpy } from '../oracle/npy-writer.ts'
import { writePngSamples } from '../oracle/png-writer.ts'
import { writeTiff } from '../oracle/tiff-writer.ts'
import { at, form, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService({ MASKSCORE_MAX_PROBABILITY_BYTES: '100000' })
})
afterAll(() => service.close())

const [height, width] = [3, 4]
const truthLabels = [0, 0, 1, 2, 0, 1, 1, 2, 0, 1, 2, 2]
const truth = writeNpy({ descr: '|u1', shape: [height, width], values: truthLabels })
/** Eighths, which every float type holds: [pixel][class]. */
const pixels = truthLabels.map((label, i) =>
  [0, 1, 2].map((c) => (c === label ? 4 + (i % 4) : c === (label + 1) % 3 ? 4 - (i % 4) : 0) / 8),
)
const planar = [0, 1, 2].flatMap((c) => pixels.map((row) => row[c]))
const chunky = pixels.flat()
/** [class][row][column] with the first axis fastest. */
const fortran = Array.from({ length: width }, (_, x) =>
  Array.from({ length: height }, (__, y) => pixels[y * width + x]),
).flat(2)

const map = (spec: Partial<NpySpec>) =>
  writeNpy({ descr: '<f4', shape: [3, height, width], values: planar, ...spec })
const score = (
  prediction: Uint8Array,
  probabilities: object = {},
  options: object = {},
  groundTruth = truth,
) =>
  post(
    service,
    '/v1/score',
    form({ ground_truth: groundTruth, prediction, options: { prediction: { probabilities }, ...options } }),
  )
const floats = (values: readonly number[]) => new Uint8Array(Float32Array.from(values).buffer)

describe('a probability map', () => {
  it('has the same scores in every type, order and layout that holds its values', async () => {
    const { json: wanted } = await score(map({}))
    expect(at(wanted, '/soft/mi_loss')).toBeTypeOf('number')
    const files: readonly [string, Uint8Array][] = [
      ['float16', map({ descr: '<f2' })],
      ['float64, big-endian', map({ descr: '>f8' })],
      ['float32, big-endian', map({ descr: '>f4' })],
      ['channels last', map({ shape: [height, width, 3], values: chunky })],
      ['Fortran order', map({ values: fortran, fortranOrder: true })],
      ['a batch of one', map({ shape: [1, 3, height, width] })],
      ['npz', zipOf({ name: 'other.npy', content: truth }, { name: 'probabilities.npy', content: map({}) })],
      [
        'tiff, a page for each channel',
        writeTiff(
          [0, 1, 2].map((c) => ({
            width,
            height,
            blocks: [floats(pixels.map((row) => row[c]))],
            tags: [
              { tag: 258, values: [32] },
              { tag: 339, values: [3] },
            ],
          })),
        ),
      ],
      [
        'tiff, pixel by pixel',
        writeTiff([
          {
            width,
            height,
            blocks: [floats(chunky)],
            tags: [
              { tag: 258, values: [32, 32, 32] },
              { tag: 277, values: [3] },
              { tag: 339, values: [3, 3, 3] },
            ],
          },
        ]),
      ],
    ]
    for (const [name, file] of files) {
      const { status, json } = await score(file)
      expect(status, `${name} ${JSON.stringify(json)}`).toBe(200)
      for (const key of ['soft', 'mi_loss', 'overlap', 'information'])
        expect(at(json, `/${key}`), name).toEqual(at(wanted, `/${key}`))
    }
  })

  it('of zeros and ones gives the report of the mask, in `soft` as well', async () => {
    const labels = [0, 1, 1, 2, 0, 1, 2, 2, 0, 0, 2, 2]
    const hot = [0, 1, 2].flatMap((c) => labels.map((label) => (label === c ? 1 : 0)))
    const mask = writeNpy({ descr: '|u1', shape: [height, width], values: labels })
    const { json: hard } = await post(service, '/v1/score', form({ ground_truth: truth, prediction: mask }))
    const { json } = await score(writeNpy({ descr: '|b1', shape: [3, height, width], values: hot }))
    for (const key of ['mi_loss', 'information', 'pairs', 'overlap'])
      expect(at(json, `/${key}`)).toEqual(at(hard, `/${key}`))
    for (const key of ['mi_loss', 'mi_loss_split', 'mi_loss_merge'])
      expect(at(json, `/soft/${key}`)).toBeCloseTo(at(hard, `/${key}`) as number, 12)
    for (const key of ['mi', 'vi', 'h_joint', 'h_prediction'])
      expect(at(json, `/soft/${key}`)).toBeCloseTo(at(hard, `/information/${key}`) as number, 12)
    for (const c of [0, 1, 2])
      expect(at(json, `/soft/per_class/${c}/iou_product`)).toBeCloseTo(
        at(hard, `/overlap/per_class/${c}/iou`) as number,
        12,
      )
  })

  it('as a grey PNG of one channel is the foreground, and from the threshold on the mask', async () => {
    const samples = Uint16Array.from(truthLabels, (label, i) => (label === 0 ? 10 * i : 255 - 10 * i))
    const grey = writePngSamples({ width, height, bitDepth: 8, colourType: 0, samples })
    const binary = writeNpy({
      descr: '|u1',
      shape: [height, width],
      values: truthLabels.map((l) => (l ? 255 : 0)),
    })
    const { status, json } = await score(
      grey,
      { labels: [0, 255], threshold: 0.9 },
      { families: ['overlap', 'soft'] },
      binary,
    )
    expect(status, JSON.stringify(json)).toBe(200)
    const wanted = samples.filter((grey, i) => truthLabels[i] > 0 && grey / 255 >= 0.9).length
    const rows = at(json, '/overlap/per_class') as { label: number; tp: number }[]
    expect(rows.find(({ label }) => label === 255)?.tp).toBe(wanted)
    expect(at(json, '/soft/per_class/1')).toMatchObject({ label: 255 })
  })

  it('with void: pixels of an ignored truth count nowhere', async () => {
    const ignored = writeNpy({ descr: '|u1', shape: [height, width], values: truthLabels.with(0, 255) })
    const { json } = await score(
      map({}),
      {},
      { ignore_labels: [255], families: ['soft', 'calibration'] },
      ignored,
    )
    expect(at(json, '/pixels/ignored')).toBe(1)
    expect(at(json, '/soft/per_class/0/mass_ground_truth')).toBe(
      truthLabels.filter((l) => l === 0).length - 1,
    )
    expect(
      (at(json, '/calibration/reliability') as { pixels: number }[]).reduce((n, row) => n + row.pixels, 0),
    ).toBe(11)
  })

  it('of independent channels has scores of each class alone', async () => {
    const values = planar.map((v) => v * 0.5)
    const { status, json } = await score(
      map({ values }),
      { independent: true },
      { families: ['soft', 'calibration', 'thresholds'] },
    )
    expect(status, JSON.stringify(json)).toBe(200)
    expect(at(json, '/soft/mi_loss')).toBeNull()
    expect(at(json, '/reasons')).toMatchObject({
      '/soft/mi_loss': 'independent',
      '/calibration/ece': 'independent',
    })
    expect(at(json, '/soft/per_class/1/dice_linear')).toBeTypeOf('number')
    expect(at(json, '/thresholds/per_class/1/auroc')).toBeTypeOf('number')
  })

  it('that was not asked for is null with its reason where all families are', async () => {
    const { json } = await post(
      service,
      '/v1/score',
      form({ ground_truth: truth, prediction: truth, options: { families: ['all'] } }),
    )
    expect(at(json, '/soft')).toBeNull()
    expect(at(json, '/reasons')).toMatchObject({
      '/soft': 'no_probabilities',
      '/thresholds': 'no_probabilities',
    })
  })
})

describe('what is no probability map', () => {
  const changed = (at: number, value: number) => map({ values: planar.with(at, value) })
  const uint8 = (values: readonly number[], shape = [3, height, width]) =>
    map({ descr: '|u1', shape, values })
  const cases: readonly [string, () => Uint8Array, object, string, RegExp][] = [
    [
      'NaN',
      () => changed(5, Number.NaN),
      {},
      'NOT_PROBABILITIES',
      /channel 0 of the pixel at x 1, y 1 is NaN/,
    ],
    ['infinity', () => changed(5, Infinity), {}, 'NOT_PROBABILITIES', /finite/],
    ['a negative value', () => changed(5, -0.5), {}, 'NOT_PROBABILITIES', /from 0 to 1/],
    ['a value above 1', () => changed(5, 1.5), {}, 'NOT_PROBABILITIES', /from 0 to 1/],
    [
      'an infinite logit',
      () => changed(5, Infinity),
      { activation: 'softmax' },
      'NOT_PROBABILITIES',
      /finite/,
    ],
    ['a pixel that does not sum to 1', () => changed(0, 0.25), {}, 'NOT_PROBABILITIES', /x 0, y 0 sum to/],
    [
      'a pixel of zeros that is to be normalised',
      () => map({ values: planar.map((v, k) => (k % 12 === 0 ? 0 : v)) }),
      { normalize: true },
      'NOT_PROBABILITIES',
      /nothing can be divided by/,
    ],
    [
      'zeros and ones as uint8',
      () =>
        uint8(
          truthLabels.map((l) => (l > 0 ? 1 : 0)),
          [height, width],
        ),
      {},
      'NOT_PROBABILITIES',
      /stands for 1\/255/,
    ],
    [
      'one-hot planes as uint8',
      () => uint8(planar.map((v) => (v > 0.5 ? 1 : 0))),
      {},
      'NOT_PROBABILITIES',
      /sum to/,
    ],
    [
      'integers of 64 bits',
      () => map({ descr: '<i8', values: planar.map(() => 0) }),
      {},
      'UNSUPPORTED_PIXEL_FORMAT',
      /int64/,
    ],
    [
      'another size',
      () => map({ shape: [2, width, height], values: planar.slice(12) }),
      {},
      'SIZE_MISMATCH',
      /exchanged/,
    ],
    ['the layout of another array', () => map({}), { layout: 'hwc' }, 'SIZE_MISMATCH', /As "hwc"/],
    ['too few labels', () => map({}), { labels: [0, 1] }, 'CLASS_COUNT_MISMATCH', /3 channels/],
    [
      'labels that the truth has not',
      () => map({}),
      { labels: [0, 1, 3] },
      'CLASS_COUNT_MISMATCH',
      /no channel/,
    ],
    [
      'a threshold of several channels',
      () => map({}),
      { threshold: 0.2 },
      'INVALID_OPTIONS',
      /most probable/,
    ],
    [
      'a softmax of one channel',
      () => map({ shape: [height, width], values: pixels.map(([v]) => v) }),
      { activation: 'softmax' },
      'INVALID_OPTIONS',
      /one channel/,
    ],
    ['a pickle', () => Buffer.from('\x80\x04}rest', 'latin1'), {}, 'UNSUPPORTED_FORMAT', /pickle/],
    [
      'objects in an .npy',
      () =>
        Buffer.concat([
          Buffer.from(
            `\x93NUMPY\x01\0\x76\0${"{'descr': '|O', 'fortran_order': False, 'shape': (3, 4), }".padEnd(117)}\n`,
            'latin1',
          ),
          Buffer.alloc(96),
        ]),
      {},
      'UNSUPPORTED_PIXEL_FORMAT',
      /\|O/,
    ],
    [
      'an .npz of several arrays',
      () => zipOf({ name: 'a.npy', content: map({}) }, { name: 'b.npy', content: map({}) }),
      {},
      'UNSUPPORTED_FORMAT',
      /2 arrays \(a, b\)/,
    ],
    [
      'an .npz without the array that is named',
      () => zipOf({ name: 'a.npy', content: map({}) }),
      { entry: 'b' },
      'UNSUPPORTED_FORMAT',
      /no array "b"/,
    ],
    [
      'a zip without arrays',
      () => zipOf({ name: 'a.txt', content: Buffer.from('x') }),
      {},
      'UNSUPPORTED_FORMAT',
      /no \.npy/,
    ],
    [
      'a claim of more bytes than the limit',
      () => map({ shape: [1000, height, width], values: [] }).subarray(0, 128),
      { layout: 'chw' },
      'TRUNCATED',
      /missing/,
    ],
    [
      'a claim of far more bytes',
      () => map({ shape: [2 ** 40, height, width], values: [] }),
      {},
      'IMAGE_TOO_LARGE',
      /the limit is 100000/,
    ],
  ]
  it.each(cases)('is refused: %s', async (_, file, probabilities, code, detail) => {
    const { status, json } = await score(file(), probabilities)
    expect(json, JSON.stringify(json)).toMatchObject({ code })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(json.detail).toMatch(detail)
  })

  it('asks for the layout of three equal axes that sum to 1 along both ends, and for a coupling of two soft maps', async () => {
    const even = Array<number>(27).fill(1 / 3)
    const cube = writeNpy({ descr: '<f8', shape: [3, 3, 3], values: even })
    const square = writeNpy({ descr: '|u1', shape: [3, 3], values: [0, 1, 2, 0, 1, 2, 0, 1, 2] })
    const { json } = await score(cube, {}, {}, square)
    expect(json.code).toBe('CHANNELS_AMBIGUOUS')
    const both = { ground_truth: { probabilities: {} } }
    const { json: soft } = await score(map({}), {}, both, map({}))
    expect(soft).toMatchObject({ code: 'INVALID_OPTIONS', errors: [{ pointer: '/options/soft/coupling' }] })
  })
})

describe('a map that nobody called one', () => {
  it('as greys beside a binary mask is scored with a warning that names the way out', async () => {
    const samples = Uint16Array.from({ length: 12 }, (_, i) => Math.round((i * 255) / 11))
    const grey = writePngSamples({ width, height, bitDepth: 8, colourType: 0, samples })
    const binary = writeNpy({
      descr: '|u1',
      shape: [height, width],
      values: truthLabels.map((l) => (l ? 255 : 0)),
    })
    const { json } = await post(service, '/v1/score', form({ ground_truth: binary, prediction: grey }))
    const warnings = json.warnings as { code: string; message: string }[]
    const warning = warnings.find(({ code }) => code === 'LIKELY_PROBABILITY_MAP')
    expect(warning?.message).toContain('`prediction.probabilities`')
    const { status } = await score(grey, { labels: [0, 255] }, {}, binary)
    expect(status).toBe(200)
  })

  it.each([
    ['channels that would be depth', map({}), {}],
    ['fractions', map({ shape: [height, width], values: pixels.map(([v]) => v) }), { labels: [0, 1] }],
  ])(
    'as %s is refused with a remedy that leads to no further refusal of its kind',
    async (_, file, probabilities) => {
      const binary = writeNpy({
        descr: '|u1',
        shape: [height, width],
        values: truthLabels.map((l) => Math.min(l, 1)),
      })
      const { json } = await post(service, '/v1/score', form({ ground_truth: binary, prediction: file }))
      expect(json.remedy).toContain('`probabilities` to {}')
      const { status } = await score(file, probabilities, {}, binary)
      expect(status).toBe(200)
    },
  )
})

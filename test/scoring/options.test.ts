import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../src/limits.ts'
import { families } from '../../src/metrics/families.ts'
import { agreementOptionsSchema } from '../../src/scoring/agreement.ts'
import type { ScoringContext } from '../../src/scoring/context.ts'
import { overlayOptionsSchema } from '../../src/scoring/overlay.ts'
import { labelPngPair } from '../../src/scoring/pair/label-png-pair.ts'
import { labelsOptionsSchema, planeNames } from '../../src/scoring/planes/options.ts'
import { scoreOptionsSchema } from '../../src/scoring/request/options.ts'
import { parseScoreOptions } from '../../src/scoring/request/parse-options.ts'
import type { BodyPart } from '../../src/tasks/task.ts'
import { perform } from '../../src/workers/perform.ts'
import { writeNifti } from '../oracle/nifti-writer.ts'
import { type NpySpec, writeNpy } from '../oracle/npy-writer.ts'
import { writePngSamples } from '../oracle/png-writer.ts'
import { writeTiff } from '../oracle/tiff-writer.ts'

/** A mask as rows of digits → a grey PNG whose samples are the digits. */
function png(rows: readonly string[], bitDepth: 4 | 8 = 8): Uint8Array {
  const samples = Uint16Array.from(rows.join(''), Number)
  return writePngSamples({ width: rows[0].length, height: rows.length, bitDepth, colourType: 0, samples })
}

/** The same rows as the pages of a TIFF. */
const tiff = (...pages: (readonly string[])[]): Uint8Array =>
  writeTiff(
    pages.map((rows) => ({
      width: rows[0].length,
      height: rows.length,
      blocks: [Uint8Array.from(rows.join(''), Number)],
    })),
  )

/** The same rows as an image that says where it lies, its columns to the right or to the left. */
const nifti = (rows: readonly string[], sign: 1 | -1 = 1): Uint8Array =>
  writeNifti({
    sides: [rows[0].length, rows.length],
    data: Uint8Array.from(rows.join(''), Number),
    sform: [sign, 0, 0, sign < 0 ? rows[0].length - 1 : 0, 0, 1, 0, 0, 0, 0, 1, 0],
  })

// Label 1 touches itself by a corner alone, label 2 is in two pieces in either mask, label 3 is one pixel.
const truthRows = ['11110002', '11110000', '11110000', '00001110', '00220000', '02220003']
const predictedRows = ['11100000', '11102200', '11110000', '00010220', '00220010', '02200000']

/** A COCO document of one object. */
const cocoSquare = (category_id: number): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      images: [{ id: 1, width: 4, height: 4 }],
      categories: [1, 2].map((id) => ({ id, name: `class ${id}` })),
      annotations: [{ id: 1, image_id: 1, category_id, segmentation: [[0, 0, 2, 0, 2, 2, 0, 2]] }],
    }),
  )

const coco = (document: object): Uint8Array => new TextEncoder().encode(JSON.stringify(document))

const square = (x: number, y: number, side: number): number[] => [
  ...[x, y, x + side, y],
  ...[x + side, y + side, x, y + side],
]

const softTruthRows = Array.from({ length: 9 }, (_, y) => (y < 5 ? '000001111' : '000111111'))
/** Foreground of 8 greys, none of them where the truth is background. */
const softMap: NpySpec = {
  descr: '<f8',
  shape: [9, 9],
  values: Array.from(softTruthRows.join(''), (digit, i) => (digit === '0' ? 0 : ((i * 5) % 8) / 8)),
}

interface Masks {
  readonly groundTruth: Uint8Array
  readonly prediction: Uint8Array
}
const masks: Masks = { groundTruth: png(truthRows), prediction: png(predictedRows) }

/** Objects with confidences: two true ones, the larger of which is found a row too low, and the smaller one as a second. */
const detections: Masks = {
  groundTruth: coco({
    images: [{ id: 1, width: 40, height: 40 }],
    categories: [{ id: 1, name: 'cell' }],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, segmentation: [square(0, 0, 12)], bbox: [0, 0, 12, 12] },
      { id: 2, image_id: 1, category_id: 1, segmentation: [square(20, 20, 8)], bbox: [20, 20, 2, 2] },
    ],
  }),
  prediction: coco({
    images: [{ id: 1, width: 40, height: 40 }],
    annotations: [
      {
        id: 1,
        image_id: 1,
        category_id: 1,
        segmentation: [square(0, 2, 12)],
        bbox: [0, 1, 12, 12],
        score: 0.9,
      },
      {
        id: 2,
        image_id: 1,
        category_id: 1,
        segmentation: [square(20, 20, 8)],
        bbox: [20, 20, 8, 8],
        score: 0.8,
      },
    ],
  }),
}

interface Sample {
  readonly value: unknown
  /** Options without which the value means nothing; they stand beside the default as well. */
  readonly beside?: Readonly<Record<string, unknown>>
  /** Masks for which the value means something, where the usual ones have none of it. */
  readonly masks?: Masks
}

const withFamily = (family: string, ...values: unknown[]): Sample[] =>
  values.map((value) => ({ value, beside: { families: [family] } }))
const plain = (...values: unknown[]): Sample[] => values.map((value) => ({ value }))

/** Values that are not the default, of every option of every call. A new option does not compile without one. */
const samples = {
  families: plain(...families.map((family) => [family]), ['all']),
  log_base: plain(10, 'e'),
  beta: plain(2),
  ignore_labels: plain([0], [2, 3]),
  ignore_prediction_labels: plain([1]),
  background: withFamily('instances', null, 1),
  classes: plain({ 0: 'ground', 1: 'tree' }, ['ground', 'tree', 'car']),
  min_segment_area: plain(2),
  min_prediction_area: plain(12),
  instances: [
    ...withFamily('instances', { thresholds: [0.1, 0.9] }, { panoptic_thresholds: [0.3] }),
    {
      value: { void: 'count' },
      beside: { families: ['instances'], ignore_labels: [3], background: null },
      masks: { groundTruth: png(['1133']), prediction: png(['1222']) },
    },
    {
      value: { match: 'any' },
      beside: { families: ['instances'] },
      masks: { groundTruth: cocoSquare(1), prediction: cocoSquare(2) },
    },
  ],
  include: [
    ...plain(['contingency'], ['segments'], ['class_rates'], ['ami'], ['miller_madow']),
    ...withFamily('instances', ['matches']),
    { value: ['curves'], beside: { families: ['detection'] }, masks: detections },
  ],
  groups: withFamily('overlap', { all: [1, 2], some: [2] }),
  segments: [{ value: { top: 1 }, beside: { include: ['segments'] } }],
  checks: plain([{ metric: '/mi_loss', max: 0 }]),
  binary: plain(true),
  stack: [
    {
      value: 'volume',
      masks: { groundTruth: tiff(truthRows, truthRows), prediction: tiff(predictedRows, truthRows) },
    },
  ],
  resize: [{ value: 'nearest', masks: { ...masks, prediction: png(['110', '020']) } }],
  geometry: [
    { value: 'reorient', masks: { groundTruth: nifti(truthRows), prediction: nifti(predictedRows, -1) } },
  ],
  ground_truth: [
    {
      value: { grey_bits: 'sample' },
      beside: { match: 'names' },
      masks: { ...masks, groundTruth: png(truthRows, 4) },
    },
  ],
  prediction: [
    {
      value: { grey_bits: 'sample' },
      beside: { match: 'names' },
      masks: { ...masks, prediction: png(predictedRows, 4) },
    },
  ],
  border_tolerance: plain(0, 1),
  border_tolerance_axes: [
    {
      value: 'volume',
      beside: { stack: 'volume', border_tolerance: 0 },
      masks: { groundTruth: tiff(['1111'], ['2222']), prediction: tiff(['1112'], ['2222']) },
    },
  ],
  components: plain('ground_truth', 'prediction', 'both'),
  connectivity: [{ value: 4, beside: { components: 'both' } }],
  boundary: withFamily(
    'boundary',
    { spacing: [1, 2] },
    { tolerances: [0] },
    { percentiles: [50] },
    { surface: 'surfel' },
    { labels: [1] },
    { boundary_iou_dilation: 2 },
  ),
  lesions: withFamily(
    'lesions',
    { connectivity: 4 },
    { min_volume: 3 },
    { labels: [1] },
    { protocol: 'autopet', connectivity: 4 },
  ),
  detection: [
    { iou: 'box' },
    { iou: 'boundary' },
    { max_detections: [1, 1, 1] },
    { thresholds: [0.5] },
    { areas: { small: [0, 1] } },
  ].map((value) => ({ value, beside: { families: ['detection'] }, masks: detections })),
  soft: [{ bins: 2 }, { epsilon: 1e-3 }, { radius: 2 }, { pool: 1 }].map((value) => ({
    value,
    beside: {
      families: ['soft', 'calibration'],
      include: ['rmi'],
      prediction: { probabilities: {} },
    },
    masks: { groundTruth: png(softTruthRows), prediction: writeNpy(softMap) },
  })),
  ged: plain({ distance: 'mi_loss' }, { background: 1 }, { classes: [1] }).map((sample) => ({
    ...sample,
    beside: { samples: {} },
  })),
  samples: [
    {
      value: { grey_bits: 'sample' },
      beside: { ged: {} },
      masks: { ...masks, prediction: png(predictedRows, 4) },
    },
  ],
  mode: plain('segments', 'difference'),
  opacity: plain(0.5),
  match: [{ value: 'names', masks: { groundTruth: png(['0012']), prediction: png(['0021']) } }],
  under: [{ value: 'nothing', beside: { mode: 'difference' } }],
  planes: plain(['loss'], ['prediction', 'ground_truth']),
  region: plain([1, 1, 3, 2]),
  level: plain(1),
} satisfies Record<
  | keyof typeof scoreOptionsSchema.shape
  | keyof typeof overlayOptionsSchema.shape
  | keyof typeof labelsOptionsSchema.shape
  | keyof typeof agreementOptionsSchema.shape,
  readonly Sample[]
>

const shapes = {
  score: scoreOptionsSchema.shape,
  overlay: overlayOptionsSchema.shape,
  labels: labelsOptionsSchema.shape,
  agreement: agreementOptionsSchema.shape,
}
type Call = keyof typeof shapes

function partsOf(call: Call, { groundTruth, prediction }: Masks, options: object): BodyPart[] {
  const part = (name: string, bytes: Uint8Array) => ({ name, bytes: new Uint8Array(bytes) })
  const text = part('options', new TextEncoder().encode(JSON.stringify(options)))
  const pair = [part('ground_truth', groundTruth), part('prediction', prediction), text]
  if (call !== 'agreement') return pair
  const parts = [
    part('ground_truth', groundTruth),
    part('masks', prediction),
    part('masks', groundTruth),
    text,
  ]
  if (!('ged' in options || 'samples' in options)) return parts
  return [...parts, part('samples', prediction), part('samples', png(truthRows))]
}

/** What shows all that options do: the labels of the files are what they are, and agreement says little. */
const usualOptions: Partial<Record<Call, object>> = {
  labels: { planes: planeNames.filter((name) => name !== 'loss') },
  overlay: { mode: 'loss' },
}

/** The answer of a call but for the options that it echoes, of `overlay` the picture too; both decoders have to give it. */
async function answer(call: Call, pair: Masks, options: Readonly<Record<string, unknown>>): Promise<unknown> {
  const usual = usualOptions[call] ?? {}
  const known = Object.fromEntries(
    Object.entries({ ...usual, ...options }).filter(([key]) => key in shapes[call]),
  )
  const by = async (pngDecoder: ScoringContext['pngDecoder']) => {
    const body = { type: 'parts', parts: partsOf(call, pair, known) } as const
    const context = { limits: defaultLimits, pngDecoder }
    const outcome = await perform({ call, body, accept: 'application/json' }, context)
    if (!outcome.ok) return outcome
    const json = JSON.parse(new TextDecoder().decode(outcome.body))
    const picture = call === 'overlay' ? await perform({ call, body }, context) : undefined
    return picture?.ok ? { ...json, picture: picture.body } : json
  }
  const [fast, general] = [await by('auto'), await by('sharp')]
  expect(fast, JSON.stringify(options)).toStrictEqual(general)
  const { options: _, ...rest } = fast
  return rest
}

/** The shares of the loss that an overlay shows do not depend on the unit of information. */
const withoutEffect: readonly string[] = ['overlay log_base']

describe.each(Object.keys(shapes) as Call[])('options of %s', (call) => {
  it.each(Object.keys(shapes[call]))(
    '%s changes the answer, and both decoders agree on it',
    async (option) => {
      const own: readonly Sample[] | undefined = samples[option as keyof typeof samples]
      expect(own, `a sample value of ${option}`).toBeDefined()
      for (const { value, beside = {}, masks: pair = masks } of own) {
        const before = await answer(call, pair, beside)
        const after = await answer(call, pair, { ...beside, [option]: value })
        const has = withoutEffect.includes(`${call} ${option}`) ? expect(after) : expect(after).not
        has.toStrictEqual(before)
      }
    },
  )
})

it('the usual masks are counted as their rows are decoded, while no option asks where pixels are', () => {
  const file = (bytes: Uint8Array) => ({ kind: 'file', bytes }) as const
  const pair = { groundTruth: file(masks.groundTruth), prediction: file(masks.prediction) }
  const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
  expect(labelPngPair(pair, parseScoreOptions({}), context)).toBeDefined()
  expect(labelPngPair(pair, parseScoreOptions({ border_tolerance: 0 }), context)).toBeUndefined()
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LabelMeaning } from '../../src/evaluations/label-meaning.ts'
import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import {
  emptyRow,
  optionsOfEmptyRows,
  optionsOfRows,
  rowOfPair,
} from '../../src/evaluations/rows/row-of-pair.ts'
import { directionOf, scoreFacts } from '../../src/evaluations/score-facts.ts'
import { finish } from '../../src/evaluations/summary/finish.ts'
import { defaultLimits } from '../../src/limits.ts'
import { numberAt } from '../../src/scoring/report/checks.ts'
import type { Report } from '../../src/scoring/report/report.ts'
import { classNames } from '../../src/scoring/request/class-list.ts'
import { parseScoreOptions } from '../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../src/scoring/score.ts'
import { runOf } from './rows.ts'

const context = { limits: defaultLimits, pngDecoder: 'auto' } as const

type Labels = readonly (readonly number[])[]
const mask = (data: Labels) => ({ kind: 'labels', data }) as const

async function scored(
  groundTruth: Labels,
  prediction: Labels,
  given: unknown,
  labels: LabelMeaning = 'classes',
) {
  const options = optionsOfRows(parseScoreOptions(given))
  const pair = await scorePair(
    { groundTruth: mask(groundTruth), prediction: mask(prediction) },
    options,
    context,
  )
  return { ...rowOfPair(pair, { options, labels }), report: pair.report, options }
}

const itemOf = (pair: Awaited<ReturnType<typeof scored>>, index = 0): ItemRow => ({
  index,
  key: `item-${index}`,
  status: 'scored',
  ...pair.row,
})

async function empty(groundTruth: Labels, given: unknown) {
  const options = optionsOfEmptyRows(parseScoreOptions(given))
  const pair = await scorePair(
    { groundTruth: mask(groundTruth), prediction: mask(groundTruth) },
    options,
    context,
  )
  return emptyRow(pair, { options, labels: 'classes' })
}

const image = (labels: number) =>
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([width, height]) => {
    const row = fc.array(fc.nat(labels), { minLength: width, maxLength: width })
    const map = fc.array(row, { minLength: height, maxLength: height })
    return fc.tuple(map, map)
  })

const optionSets = [
  {},
  { ignore_labels: [3] },
  { binary: true },
  { components: 'both' },
  { min_segment_area: 3, background: null },
  { classes: { 0: 'road', 1: 'car', 2: 'tree', 3: 'sky', 4: 'dog' } },
  { classes: { 1: 'car', 7: 'boat' }, instances: { thresholds: [0.75, 0.5] } },
  { log_base: 2, include: ['ami', 'miller_madow'] },
]

/** Distance of two numbers in units of the last place of the second. */
function ulps(value: number, reference: number): number {
  if (value === reference) return 0
  const place = 2 ** (Math.floor(Math.log2(Math.abs(reference))) - 52)
  return Math.abs(value - reference) / place
}

function expectSame(summary: unknown, report: unknown, pointers: readonly [string, string][]): void {
  for (const [ofSummary, ofReport] of pointers) {
    const [value, reference] = [numberAt(summary, ofSummary), numberAt(report, ofReport)]
    if (reference === undefined) expect(value, ofSummary).toBeUndefined()
    else
      expect(ulps(value ?? Number.NaN, reference), `${ofSummary} ${value} ${reference}`).toBeLessThanOrEqual(
        2,
      )
  }
}

/** Pointers of all numbers of a report below one of its parts. */
function numbersIn(value: unknown, pointer = ''): string[] {
  if (typeof value === 'number') return [pointer]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => numbersIn(item, `${pointer}/${key}`))
}

describe('the summary of one pair', () => {
  it.each(optionSets.map((options) => [options]))('is its report, with %j', async (options) => {
    await fc.assert(
      fc.asyncProperty(image(4), async ([groundTruth, prediction]) => {
        const given = { families: ['information', 'pairs', 'overlap', 'regions', 'instances'], ...options }
        const pair = await scored(groundTruth, prediction, given)
        const { report } = pair
        const names = classNames(pair.options.classes)
        const summary = finish([itemOf(pair)], runOf(1, {}, { options: given, names }))
        expectSame(summary, report, [
          ['/pooled/mi_loss', '/mi_loss'],
          ['/pooled/mi_loss_split', '/mi_loss_split'],
          ['/pooled/mi_loss_merge', '/mi_loss_merge'],
        ])
        const parts = [
          'overlap',
          ...('components' in options || pair.row.other_labels ? [] : ['information']),
        ]
        for (const part of parts) {
          const pointers = numbersIn(report[part as 'overlap'], `/${part}`)
          expectSame(
            summary,
            report,
            pointers.map((pointer) => [`/pooled${pointer}`, pointer]),
          )
        }
        expect(numbersIn(summary.pooled.overlap)).toEqual(numbersIn(report.overlap))
        const { panoptic, ground_truth_count, prediction_count, thresholds, mean_ap_dsb, n_averaged } =
          report.instances ?? {}
        const instances = { ground_truth_count, prediction_count, thresholds, mean_ap_dsb, n_averaged }
        expectSame(
          summary.pooled.panoptic,
          panoptic,
          numbersIn(panoptic).map((pointer) => [pointer, pointer]),
        )
        expectSame(
          summary.pooled.instances,
          instances,
          numbersIn(instances).map((pointer) => [pointer, pointer]),
        )
        expect(summary.pixels).toEqual(report.pixels)
      }),
      { numRuns: 25 },
    )
  })

  it('has every score of the report as the mean of one image, with the reason of what is undefined', async () => {
    await fc.assert(
      fc.asyncProperty(image(3), async ([groundTruth, prediction]) => {
        const options = { families: ['all'], include: ['ami'], ignore_labels: [3] }
        const pair = await scored(groundTruth, prediction, options)
        const { macro } = finish([itemOf(pair)], runOf(1, {}, { options }))
        for (const [name, block] of Object.entries(macro)) {
          const pointer = scoreFacts(name)?.pointer
          if (!pointer || pointer.includes('*') || name.includes('class_first')) continue
          expect(block.mean ?? undefined, name).toBe(numberAt(pair.report, pointer))
          if (block.mean === null && name !== 'worst_iou')
            expect(block.undefined, name).toEqual({ [reasonOf(pair.report.reasons, pointer)]: 1 })
        }
        expect(Object.keys(macro)).toEqual(
          expect.arrayContaining([
            'mi_loss',
            'ari',
            'ami_max',
            'nmi_joint',
            'mean_iou',
            'covering_prediction',
            'pq',
            'sbd',
          ]),
        )
      }),
      { numRuns: 30 },
    )
  })
})

/** Why a value is undefined: its own reason, or that of the block that would hold it. */
function reasonOf(reasons: Readonly<Record<string, string>>, pointer: string): string {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/')))
    if (reasons[at] !== undefined) return reasons[at]
  return 'no reason at all'
}

describe('the row of a pair', () => {
  const truth = [[0, 0, 1, 1, 2, 2]]
  const predicted = [[0, 1, 1, 1, 5, 2]]

  it('holds size, pixels, scores, class counts, joint table and hashes', async () => {
    const { row, report } = await scored(truth, predicted, { ignore_labels: [0] })
    expect(row).toMatchObject({
      width: 6,
      height: 1,
      pixels: { total: 6, counted: 4, ignored: 2 },
      classes: [
        [1, 2, 0, 0],
        [2, 1, 0, 1],
        [5, 0, 1, 0],
      ],
      joint: [
        [1, 1, 2],
        [2, 2, 1],
        [2, 5, 1],
      ],
      sha256: [report.ground_truth.sha256, report.prediction.sha256],
    })
    expect(row).not.toHaveProperty('depth')
    expect(row).not.toHaveProperty('other_labels')
  })

  it('counts labels outside of the list apart, and gives them one row and column', async () => {
    const { row } = await scored(truth, predicted, { classes: { 1: 'car', 2: 'tree' } })
    expect(row.classes).toEqual([
      [1, 2, 1, 0],
      [2, 1, 0, 1],
    ])
    expect(row.other_labels).toEqual([
      [0, 1, 0, 1],
      [5, 0, 1, 0],
    ])
    expect(row.joint).toEqual([
      [null, null, 1],
      [null, 1, 1],
      [1, 1, 2],
      [2, 2, 1],
      [2, null, 1],
    ])
  })

  it('holds no classes where labels are objects, or more than 256 that nobody called classes', async () => {
    const many = [Array.from({ length: 257 }, (_, k) => k)]
    expect((await scored(truth, predicted, {}, 'objects')).row).toMatchObject({ classes: [] })
    expect((await scored(truth, predicted, {}, 'objects')).row).not.toHaveProperty('joint')
    expect((await scored(many, many, {}, 'undecided')).row).toMatchObject({
      classes: [],
      too_many_classes: true,
    })
    expect((await scored(many, many, {})).row.classes).toHaveLength(257)
  })

  it('gives a joint table that is too long for it to its chunk', async () => {
    const groundTruth = [Array.from({ length: 70 * 70 }, (_, k) => Math.floor(k / 70))]
    const prediction = [Array.from({ length: 70 * 70 }, (_, k) => k % 70)]
    const { row, joint } = await scored(groundTruth, prediction, {})
    expect(row.joint_in_chunk).toBe(true)
    expect(row).not.toHaveProperty('joint')
    expect(joint).toHaveLength(4900)
  })

  it('keeps entropies in bits, whatever the base of the report', async () => {
    const { row } = await scored([[0, 0, 1, 1]], [[0, 1, 0, 1]], { log_base: 'e' })
    expect(row.scores).toMatchObject({ vi: 2, vi_split: 1, vi_merge: 1, h_joint: 2, mi: 0 })
    const alone = await scored([[0, 0, 1, 1]], [[0, 1, 0, 1]], { families: ['pairs'] })
    expect(alone.row.scores).toMatchObject({ vi_split: 1, vi_merge: 1, h_joint: 2, mi: 0 })
    expect(alone.row.scores).not.toHaveProperty('vi')
  })

  it('warns where the prediction is the ground truth, but not of constant images', async () => {
    const codes = async (groundTruth: Labels, prediction: Labels) =>
      (await scored(groundTruth, prediction, {})).row.warnings.map(({ code }) => code)
    expect(await codes(truth, truth)).toContain('PREDICTION_IS_GROUND_TRUTH')
    expect(await codes(truth, predicted)).not.toContain('PREDICTION_IS_GROUND_TRUTH')
    expect(await codes([[0, 0]], [[0, 0]])).not.toContain('PREDICTION_IS_GROUND_TRUTH')
  })

  it('averages boundary scores over labels, and a missed label counts with its worst value', async () => {
    const groundTruth = [
      [1, 1, 0, 2],
      [1, 1, 0, 2],
    ]
    const prediction = [
      [1, 1, 0, 0],
      [1, 1, 0, 0],
    ]
    const options = { families: ['boundary'], boundary: { tolerances: [1, 2.5] } }
    const { row, report } = await scored(groundTruth, prediction, options)
    const [found, missed] = report.boundary?.per_label ?? []
    expect(found.hausdorff).toBe(0)
    expect(missed.hausdorff).toBeNull()
    expect(row.scores).toMatchObject({
      hausdorff: missed.worst_case / 2,
      'nsd_at_2.5': 0.5,
      boundary_f1_at_1: 0.5,
      boundary_iou: 0.5,
    })
    expect([directionOf('hausdorff'), directionOf('nsd_at_2.5')]).toEqual([-1, 1])
    const none = await scored([[0, 0]], [[0, 0]], options)
    expect(none.row.scores).toMatchObject({ hausdorff: null, 'nsd_at_2.5': null })
    expect(none.row.reasons).toMatchObject({ hausdorff: 'absent_both', 'nsd_at_2.5': 'absent_both' })
    // Nothing to find, and no prediction: as bad as one that found something.
    const filled = await empty([[0, 0]], options)
    expect(filled.scores).toMatchObject({ hausdorff: Math.hypot(1, 2), 'nsd_at_2.5': 0 })
  })
})

describe('an item without a prediction', () => {
  it.each(optionSets.map((options) => [options]))(
    'never scores better than with one, with %j',
    async (options) => {
      await fc.assert(
        fc.asyncProperty(image(3), async ([groundTruth, prediction]) => {
          const given = { families: ['all'], ...options, boundary: { labels: [1, 2] } }
          const row = await empty(groundTruth, given)
          const real = (await scored(groundTruth, prediction, given)).row
          for (const [name, score] of Object.entries(row.scores)) {
            const [value, direction] = [real.scores[name], directionOf(name)]
            // The variation of information has no worst value: that of an empty prediction is H of the ground truth.
            if (
              typeof value !== 'number' ||
              direction === 0 ||
              /^(vi|vi_merge|vi_split|mi_loss_split|cremi_score|miller_madow_mi)$/.test(name)
            )
              continue
            expect(score, name).not.toBeNull()
            expect(direction * ((score ?? 0) - Math.max(0, value)), name).toBeLessThanOrEqual(0)
          }
          expect(row.pixels.counted).toBe(real.pixels.counted)
          const missed = row.classes.reduce((sum, [, tp, fp, fn]) => sum + fn - tp - fp, 0)
          const others = (row.other_labels ?? []).reduce((sum, [, , , fn]) => sum + fn, 0)
          expect(missed + others).toBe(row.pixels.counted)
        }),
        { numRuns: 25 },
      )
    },
  )

  it('misses every object of the ground truth and predicts none', async () => {
    const row = await empty([[1, 1, 0, 2, 2]], { families: ['instances'] })
    expect(row.panoptic).toEqual([[null, 0, 0, 0, 2]])
    expect(row.thresholds?.every(([, tp, fp, fn]) => tp === 0 && fp === 0 && fn === 2)).toBe(true)
    expect(row.joint).toEqual([
      [0, null, 1],
      [1, null, 2],
      [2, null, 2],
    ])
  })

  it('is not seen as the ground truth by predicted labels that are ignored', async () => {
    const row = await empty([[1, 1, 2, 2]], { ignore_prediction_labels: [1] })
    expect(row.pixels).toEqual({ total: 4, counted: 4, ignored: 0 })
  })
})

it('a report has the numbers that rows are made of', async () => {
  const { report } = await scored([[0, 1]], [[1, 0]], { families: ['all'], boundary: { labels: [1] } })
  const missing = (part: keyof Report) => report[part] === undefined
  expect(
    (['information', 'pairs', 'overlap', 'regions', 'instances', 'boundary'] as const).filter(missing),
  ).toEqual([])
})

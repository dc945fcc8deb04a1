import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emptyRow,
  optionsOfEmptyRows,
  optionsOfRows,
  rowOfPair,
} from '../../src/evaluations/rows/row-of-pair.ts'
import { finish } from '../../src/evaluations/summary/finish.ts'
import { defaultLimits } from '../../src/limits.ts'
import { parseScoreOptions } from '../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../src/scoring/score.ts'
import { writeNpy } from '../oracle/npy-writer.ts'
import { rowOf, runOf } from './rows.ts'

const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
const families = ['overlap', 'soft', 'calibration', 'thresholds'] as const
const asked = { families, prediction: { probabilities: { layout: 'chw' } } }

/** One row of pixels: the true class of each, and the probability of each class. */
interface Image {
  readonly truth: readonly number[]
  readonly map: readonly (readonly number[])[]
}

const file = (descr: string, shape: readonly number[], values: readonly number[]) =>
  ({ kind: 'file', bytes: writeNpy({ descr, shape, values }) }) as const

const sidesOf = ({ truth, map }: Image) => ({
  groundTruth: file('|u1', [1, truth.length], truth),
  prediction: file(
    '<f8',
    [map[0].length, 1, truth.length],
    map[0].flatMap((_, c) => map.map((q) => q[c])),
  ),
})

const options = optionsOfRows(parseScoreOptions(asked))
const run = { options, labels: 'classes' } as const

async function rowOfImage(image: Image, index: number) {
  const scored = await scorePair(sidesOf(image), options, context)
  return { row: rowOf(index, rowOfPair(scored, run).row), report: scored.report }
}

async function emptyRowOf(image: Image, index: number) {
  const { groundTruth } = sidesOf(image)
  const own = optionsOfEmptyRows(parseScoreOptions(asked))
  const scored = await scorePair({ groundTruth, prediction: groundTruth }, own, context)
  return rowOf(index, { ...emptyRow(scored, { ...run, options: own }), substituted: 'missing' })
}

const summaryOf = (rows: Parameters<typeof finish>[0], size: number) =>
  finish(rows, runOf(size, { intervals: 'none' }, { options: asked }))

/** Eighths of three classes, which add up without rounding. */
const image = fc.array(fc.tuple(fc.nat(2), fc.nat(8), fc.nat(8)), { minLength: 1, maxLength: 12 }).map(
  (pixels): Image => ({
    truth: pixels.map(([label]) => label),
    map: pixels.map(([, a, b]) => {
      const rest = Math.min(b, 8 - a)
      return [a / 8, rest / 8, (8 - a - rest) / 8]
    }),
  }),
)

const close = (found: unknown, wanted: unknown) => {
  if (typeof wanted !== 'number') expect(found).toEqual(wanted)
  else expect(Math.abs(Number(found) - wanted)).toBeLessThanOrEqual(1e-12)
}

describe('pooled scores of probability maps', () => {
  it('of one image are those of its report', async () => {
    await fc.assert(
      fc.asyncProperty(image, async (only) => {
        const { row, report } = await rowOfImage(only, 0)
        const { soft, calibration, thresholds } = summaryOf([row], 1).pooled
        for (const key of ['mi_loss', 'mi_loss_split', 'mi_loss_merge', 'log_loss', 'brier', 'js'] as const)
          close(soft?.[key], report.soft?.[key])
        expect(soft?.per_class).toEqual(report.soft?.per_class)
        expect(calibration).toEqual(report.calibration)
        report.thresholds?.per_class.forEach((wanted, k) => {
          const { average_precision: _, auroc: _auroc, ...best } = wanted
          expect(thresholds?.per_class[k]).toEqual(best)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('are those of the images laid side by side, but for the loss', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(image, { minLength: 2, maxLength: 4 }), async (images) => {
        const rows = await Promise.all(images.map(async (own, index) => (await rowOfImage(own, index)).row))
        const { report } = await rowOfImage(
          { truth: images.flatMap(({ truth }) => truth), map: images.flatMap(({ map }) => map) },
          0,
        )
        const { soft, calibration, thresholds } = summaryOf(rows, rows.length).pooled
        for (const key of ['log_loss', 'brier', 'js', 'zero_at_truth'] as const)
          close(soft?.[key], report.soft?.[key])
        report.soft?.per_class.forEach((wanted, k) => {
          for (const [key, value] of Object.entries(wanted))
            close(Object.entries(soft?.per_class[k] ?? {}).find(([name]) => name === key)?.[1], value)
        })
        for (const key of ['ece', 'ace', 'mce', 'classwise_ece', 'classwise_ace'] as const)
          close(calibration?.[key], report.calibration?.[key])
        report.thresholds?.per_class.forEach(({ best_iou, best_iou_threshold, best_dice }, k) => {
          expect(thresholds?.per_class[k]).toMatchObject({ best_iou, best_iou_threshold, best_dice })
        })
      }),
      { numRuns: 40 },
    )
  })

  it('pool the loss as Σ N·VI / Σ N·H(X,Y), as that of masks', async () => {
    const images: Image[] = [
      {
        truth: [0, 0, 1, 1],
        map: [
          [1, 0],
          [0.5, 0.5],
          [0, 1],
          [0, 1],
        ],
      },
      {
        truth: [0, 1],
        map: [
          [0.75, 0.25],
          [0.25, 0.75],
        ],
      },
    ]
    const scored = await Promise.all(images.map(rowOfImage))
    const parts = scored.map(({ report: { soft }, row }) => ({
      pixels: row.pixels.counted,
      vi: soft?.vi ?? 0,
      h: soft?.h_joint ?? 0,
    }))
    const sum = (of: (part: (typeof parts)[number]) => number) =>
      parts.reduce((all, part) => all + part.pixels * of(part), 0)
    const { pooled } = summaryOf(
      scored.map(({ row }) => row),
      2,
    )
    close(pooled.soft?.mi_loss, sum(({ vi }) => vi) / sum(({ h }) => h))
    expect((pooled.soft?.mi_loss_split ?? 0) + (pooled.soft?.mi_loss_merge ?? 0)).toBe(pooled.soft?.mi_loss)
  })

  it('of maps of zeros and ones have the loss, Dice and IoU of the masks', async () => {
    const hard = fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: 12 }).map(
      (pixels): Image => ({
        truth: pixels.map(([label]) => label),
        map: pixels.map(([, label]) => [0, 1, 2].map((c) => Number(c === label))),
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(hard, { minLength: 1, maxLength: 4 }), async (images) => {
        const rows = await Promise.all(images.map(async (own, index) => (await rowOfImage(own, index)).row))
        const { pooled } = summaryOf(rows, rows.length)
        close(pooled.soft?.mi_loss, pooled.mi_loss)
        for (const { label, iou, dice } of pooled.overlap?.per_class ?? []) {
          const soft = pooled.soft?.per_class.find((row) => row.label === label)
          close(soft?.iou_product, iou)
          close(soft?.dice_minimum, dice)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('never get better by an image without a prediction', async () => {
    const better = { mi_loss: -1, log_loss: -1, brier: -1, js: -1 } as const
    await fc.assert(
      fc.asyncProperty(fc.array(image, { minLength: 1, maxLength: 3 }), image, async (images, lost) => {
        const rows = await Promise.all(images.map(async (own, index) => (await rowOfImage(own, index)).row))
        const before = summaryOf(rows, rows.length).pooled
        const after = summaryOf([...rows, await emptyRowOf(lost, rows.length)], rows.length + 1).pooled
        const isNoBetter = (was: number | null | undefined, is: number | null | undefined, sign: 1 | -1) => {
          if (typeof was !== 'number' || typeof is !== 'number') return
          expect((is - was) * sign).toBeLessThanOrEqual(1e-12)
        }
        for (const [name, sign] of Object.entries(better))
          isNoBetter(before.soft?.[name as 'js'], after.soft?.[name as 'js'], sign)
        for (const name of ['ece', 'ace', 'mce', 'classwise_ece', 'classwise_ace'] as const)
          isNoBetter(before.calibration?.[name], after.calibration?.[name], -1)
        before.soft?.per_class.forEach((row, k) => {
          for (const name of ['dice_linear', 'dice_squared', 'iou_product', 'iou_minimum'] as const)
            isNoBetter(row[name], after.soft?.per_class[k][name], 1)
        })
        before.thresholds?.per_class.forEach((row, k) => {
          for (const name of ['best_iou', 'best_dice'] as const)
            isNoBetter(row[name], after.thresholds?.per_class[k][name], 1)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('say why they are undefined when one image cannot tell', async () => {
    const sound = await rowOfImage(
      {
        truth: [0, 1],
        map: [
          [0.75, 0.25],
          [0.25, 0.75],
        ],
      },
      0,
    )
    const { maps: _, ...mute } = sound.row
    const { pooled, reasons } = summaryOf([sound.row, { ...mute, index: 1 }], 2)
    expect(pooled).toMatchObject({ soft: null, calibration: null, thresholds: null })
    for (const family of ['soft', 'calibration', 'thresholds'])
      expect(reasons[`/pooled/${family}`]).toBe('no_probabilities')
  })
})

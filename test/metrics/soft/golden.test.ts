import { describe, expect, it } from 'vitest'
import { calibration } from '../../../src/metrics/calibration/calibration.ts'
import { GrowingBins } from '../../../src/metrics/calibration/calibration-bins.ts'
import { classValues } from '../../../src/metrics/soft/class-values.ts'
import { lossGradient } from '../../../src/metrics/soft/loss-gradient.ts'
import { forEachBlock } from '../../../src/metrics/soft/pixel-blocks.ts'
import { rmi } from '../../../src/metrics/soft/rmi.ts'
import { softOverlap } from '../../../src/metrics/soft/soft-overlap.ts'
import { softScores } from '../../../src/metrics/soft/soft-scores.ts'
import type { Coupling } from '../../../src/metrics/soft/soft-sums.ts'
import { sumPixels } from '../../../src/metrics/soft/sum-pixels.ts'
import { thresholdSweep } from '../../../src/metrics/thresholds/threshold-sweep.ts'
import { type GoldenInformation, type SoftCase, softCases } from '../../golden/soft/cases.ts'
import { pairOf } from './soft-fixtures.ts'

const near = (actual: unknown, expected: number, where: string, tolerance = 1e-12) => {
  expect(actual, where).toBeTypeOf('number')
  expect(
    Math.abs((actual as number) - expected),
    `${where}: ${actual} against ${expected}`,
  ).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)))
}

const pairOfCase = ({ labels, truth, prediction }: SoftCase) => pairOf(labels ?? truth ?? [], prediction)
const classesOf = ({ classes }: SoftCase) => Array.from({ length: classes }, (_, c) => c)

const informationKeys = [
  'mi_loss',
  'mi_loss_split',
  'mi_loss_merge',
  'mi',
  'vi',
  'h_ground_truth',
  'h_prediction',
  'h_joint',
] as const satisfies readonly (keyof GoldenInformation)[]

describe.each(softCases().map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
  const { expect: expected } = golden
  const isTruthSoft = golden.truth !== undefined

  it.each(['product', 'maximal'] as const satisfies readonly Coupling[])(
    'has the table scores of the %s coupling',
    (coupling) => {
      const sums = sumPixels(pairOfCase(golden), coupling)
      const scores = softScores(sums, classesOf(golden), { logBase: 'e', coupling, isTruthSoft })
      for (const key of informationKeys) near(scores[key], expected[coupling][key], key)
    },
  )

  it('has the proper scores, the ceilings and the table', () => {
    const sums = sumPixels(pairOfCase(golden), 'product')
    const scores = softScores(sums, classesOf(golden), { logBase: 'e', coupling: 'product', isTruthSoft })
    near(scores.log_loss, expected.log_loss_1e_15, 'log_loss')
    near(scores.brier, expected.brier, 'brier')
    near(scores.js, expected.js_bits, 'js')
    near(scores.ceiling.ground_truth, expected.ceilings.ground_truth, 'ceiling.ground_truth')
    near(scores.ceiling.prediction, expected.ceilings.prediction, 'ceiling.prediction')
    const total = sums.table.reduce((all, cell) => all + cell, 0)
    for (const [k, cell] of expected.table.flat().entries()) near(sums.table[k] / total, cell, `table ${k}`)
  })

  it('has the overlaps of every class', () => {
    softOverlap(sumPixels(pairOfCase(golden), 'product'), classesOf(golden)).forEach((row, c) => {
      for (const [key, values] of Object.entries(expected.overlaps))
        near(row[key as keyof typeof row], values[c], `${key} of ${c}`)
    })
  })

  const { gradient_table, calibration: errors, sweep } = expected
  if (gradient_table)
    it('has the gradient by the table', () => {
      const { table } = sumPixels(pairOfCase(golden), 'product')
      const gradient = lossGradient(table, golden.classes, 1e-12)
      const isAbsent = (row: number) => expected.table[row].every((cell) => cell === 0)
      for (const [x, row] of gradient_table.entries())
        for (const [y, cell] of row.entries()) {
          const actual = gradient?.table[x * golden.classes + y]
          if (isAbsent(x)) expect(actual).toBeNaN()
          else near(actual, cell, `gradient ${x}, ${y}`)
        }
    })

  if (errors)
    it('has the calibration errors', () => {
      const wanted = errors
      const bins = new GrowingBins(golden.classes, wanted.bins)
      forEachBlock(pairOfCase(golden), (block) => {
        if (block.truth) bins.add({ ...block, truth: block.truth })
      })
      const scores = calibration(bins.finish(), true)
      near(scores.ece, wanted.ece, 'ece')
      near(scores.ace, wanted.ace, 'ace')
      near(scores.mce, wanted.mce, 'mce')
      near(scores.classwise_ece, wanted.classwise_ece, 'classwise_ece')
      near(scores.classwise_ace, wanted.ml1_ace, 'classwise_ace')
    })

  if (sweep)
    it('has the scores over all thresholds', () => {
      const { positives, negatives } = classValues(pairOfCase(golden), 1)
      const scores = thresholdSweep(positives, negatives)
      for (const [key, value] of Object.entries(scores)) near(value, sweep[key], key)
    })

  for (const pool of [1, 3] as const) {
    const wanted = pool === 1 ? expected.rmi_pool1 : expected.rmi_pool3
    if (!wanted) continue
    it(`has region mutual information with a pooling of ${pool}`, () => {
      wanted.forEach((value, c) => {
        const plane = (values: readonly number[]) => ({
          values: Float64Array.from(values),
          width: golden.width,
          height: golden.height,
        })
        const truth = plane((golden.labels ?? []).map((label) => (label === c ? 1 : 0)))
        near(rmi(truth, plane(golden.prediction[c]), { radius: 3, pool }), value, `class ${c}`, 1e-9)
      })
    })
  }
})

it('thirteen cases are compared; the other one of the file is about several masks', () => {
  expect(softCases()).toHaveLength(13)
})

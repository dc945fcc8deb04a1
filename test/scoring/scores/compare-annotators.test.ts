import { expect, it } from 'vitest'
import { tableFromPairs } from '../../../src/metrics/table/contingency-table.ts'
import { compareAnnotators } from '../../../src/scoring/scores/compare-annotators.ts'

it('means over the other annotators lose nothing: ten times a mean IoU of 0.1 is 0.1', () => {
  // One class, present on both sides, with an IoU of 1/5; one only predicted: the mean IoU of every pair is 1/10.
  const table = tableFromPairs({ groundTruth: [1, 1], prediction: [1, 2], counts: [1, 4] })
  const names = Array.from({ length: 11 }, (_, k) => `${k}`)
  const tables = names.map((_, i) =>
    Array.from({ length: i }, () => ({ table, voidLabels: new Set<number>() })),
  )
  const { annotators } = compareAnnotators(names, tables, undefined)
  expect(annotators.map(({ mean_iou }) => mean_iou)).toEqual(Array(11).fill(0.1))
})

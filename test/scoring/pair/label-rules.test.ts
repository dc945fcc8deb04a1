import { expect, it } from 'vitest'
import { pairRules } from '../../../src/scoring/pair/label-rules.ts'

it('a void label 1 has one name on both sides, whichever labels of either file are left out', () => {
  const options = { ignore_labels: [1], ignore_prediction_labels: [], binary: true }
  for (const leftOut of [
    {},
    { groundTruth: [2] },
    { prediction: [2] },
    { groundTruth: [2], prediction: [3] },
  ]) {
    const { groundTruth, prediction, void: voidLabels } = pairRules(options, leftOut)
    expect(prediction.countedAs(1)).toBe(groundTruth.countedAs(1))
    expect([...voidLabels]).toEqual([prediction.countedAs(1)])
    expect(prediction.countedAs(7)).toBe(1)
  }
})

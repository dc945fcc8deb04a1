import { type ContingencyTable, tableFromPairs } from '../table/contingency-table.ts'

/** The joint table of classes, C × C and dense, as the sparse table that all scores of tables take. */
export function softTable(sums: Float64Array, classes: readonly number[]): ContingencyTable {
  const groundTruth = new Float64Array(sums.length)
  const prediction = new Float64Array(sums.length)
  for (let cell = 0; cell < sums.length; cell++) {
    groundTruth[cell] = classes[Math.floor(cell / classes.length)]
    prediction[cell] = classes[cell % classes.length]
  }
  return tableFromPairs({ groundTruth, prediction, counts: sums }, false)
}

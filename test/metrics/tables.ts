import fc from 'fast-check'
import { UndefinedScore } from '../../src/metrics/numbers/undefined-score.ts'
import { type ContingencyTable, tableFromPairs } from '../../src/metrics/table/contingency-table.ts'

/** The table of two label lists of the same length. */
export function tableOfLabels(
  groundTruth: ArrayLike<number>,
  prediction: ArrayLike<number>,
): ContingencyTable {
  return tableFromPairs({ groundTruth, prediction, counts: new Uint8Array(groundTruth.length).fill(1) })
}

/** Exchanged masks. */
export function transposed(table: ContingencyTable): ContingencyTable {
  return tableFromPairs(
    {
      groundTruth: Array.from(table.columns, (column) => table.columnLabels[column]),
      prediction: Array.from(table.rows, (row) => table.rowLabels[row]),
      counts: table.counts,
    },
    table.integral,
  )
}

/** Tables with at least one pixel: few or many labels, small or huge counts. */
export function tables(maxPixels = 2 ** 24): fc.Arbitrary<ContingencyTable> {
  const triple = fc.tuple(fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: maxPixels }))
  return fc.array(triple, { minLength: 1, maxLength: 40 }).map((triples) =>
    tableFromPairs({
      groundTruth: triples.map(([label]) => label),
      prediction: triples.map(([, label]) => label),
      counts: triples.map(([, , count]) => count),
    }),
  )
}

/** Every score in a family's object, labels' names and counts included: numbers and the undefined ones. */
export function scoresIn(family: unknown): (number | UndefinedScore)[] {
  if (typeof family === 'number' || family instanceof UndefinedScore) return [family]
  if (family === null || typeof family !== 'object') return []
  return Object.values(family).flatMap(scoresIn)
}

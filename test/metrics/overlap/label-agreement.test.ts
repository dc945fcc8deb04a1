import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'
import { labelAgreement } from '../../../src/metrics/overlap/label-agreement.ts'
import { tableOf } from '../golden-cases.ts'
import { peerMatrix } from '../peer-matrix.ts'
import { tables } from '../tables.ts'

describe('kappa and mcc', () => {
  it('are those of scikit-learn', () => {
    const { kappa, mcc } = labelAgreement(peerMatrix)
    expect(kappa).toBeCloseTo(0.6510344827586207, 15)
    expect(mcc).toBeCloseTo(0.6565695632080955, 15)
  })

  it.each([
    [1e12, 0.6666666666656667],
    [1e9, 0.6666666656666667],
  ])('keep their digits where squares of %d pass 2^53', (large, expected) => {
    const { kappa, mcc } = labelAgreement(
      tableOf([
        [0, 0, large],
        [0, 1, 1],
        [1, 0, 1],
        [1, 1, 2],
      ]),
    )
    expect(kappa).toBeCloseTo(expected, 15)
    expect(mcc).toBeCloseTo(expected, 15)
  })

  it('equal the fractions of integers, at any size', () => {
    fc.assert(
      fc.property(tables(2 ** 46), (table) => {
        const { rowLabels, columnLabels, rowSums, columnSums, rows, columns, counts, total } = table
        const n = BigInt(total)
        const sum = (values: readonly bigint[]) => values.reduce((all, value) => all + value, 0n)
        const agreed = sum(
          Array.from(counts, (count, k) =>
            rowLabels[rows[k]] === columnLabels[columns[k]] ? BigInt(count) : 0n,
          ),
        )
        const byChance = sum(
          Array.from(rowLabels, (label, row) => {
            const column = columnLabels.indexOf(label)
            return column < 0 ? 0n : BigInt(rowSums[row]) * BigInt(columnSums[column])
          }),
        )
        const digits = 10n ** 25n
        if (n * n === byChance) return
        const exact = Number(((agreed * n - byChance) * digits) / (n * n - byChance)) / 1e25
        expect(Math.abs((labelAgreement(table).kappa as number) - exact)).toBeLessThan(4e-16)
      }),
    )
  })

  it('of two different constants: kappa 0, mcc undefined', () => {
    expect(labelAgreement(tableOf([[2, 3, 9]]))).toEqual({
      pixel_accuracy: 0,
      kappa: 0,
      mcc: undefinedBecause('zero_denominator'),
    })
    expect(labelAgreement(tableOf([[2, 3, 1]], false)).kappa).toBe(0)
  })
})

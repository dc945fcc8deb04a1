import { describe, expect, it } from 'vitest'
import { information } from '../../../src/metrics/information/information.ts'
import { peerMatrix } from '../peer-matrix.ts'
import { tableOfLabels } from '../tables.ts'

const vMeasure = (table: typeof peerMatrix, beta: number) =>
  information(table, { logBase: 2, beta }).v_measure

describe('v_measure', () => {
  it.each([
    [0.5, 0.4518219570106602],
    [1, 0.4365613823880565],
    [2, 0.4222979982919223],
  ])('with a beta of %d is that of scikit-learn', (beta, expected) => {
    expect(vMeasure(peerMatrix, beta)).toBeCloseTo(expected, 14)
  })

  it('leans to completeness as beta grows, to homogeneity as it shrinks', () => {
    // Every segment is halved: homogeneity 1, completeness 1/2; (1 + β) / (2β + 1).
    const halved = tableOfLabels([0, 0, 1, 1], [0, 1, 2, 3])
    expect(vMeasure(halved, 3)).toBeCloseTo(4 / 7, 15)
    expect(vMeasure(halved, 1e-9)).toBeCloseTo(1, 8)
    expect(vMeasure(halved, 1000)).toBeCloseTo(1001 / 2001, 14)
  })

  it('keeps its corner cases under any beta', () => {
    expect(vMeasure(tableOfLabels([0, 0], [5, 5]), 2)).toBe(1)
    expect(vMeasure(tableOfLabels([0, 0], [5, 6]), 2)).toBe(0)
    expect(vMeasure(tableOfLabels([0, 0, 1, 1], [0, 1, 0, 1]), 2)).toBe(0)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelAgreement } from '../../../src/metrics/overlap/label-agreement.ts'
import { bestRenaming } from '../../../src/metrics/regions/best-renaming.ts'
import { impliedSwap } from '../../../src/scoring/scores/implied-swap.ts'
import { tableWarnings } from '../../../src/scoring/scores/table-warnings.ts'
import { tableOf } from '../../metrics/golden-cases.ts'

type Triples = readonly (readonly [number, number, number])[]
const codes = (triples: Triples, background: number | null = 0) =>
  tableWarnings(tableOf(triples), { families: ['pairs'], background }).map(({ code }) => code)

describe('a mask of one label', () => {
  it('is reported as constant, and as background only where its label is the background', () => {
    const constantTruth: Triples = [
      [0, 0, 5],
      [0, 1, 5],
    ]
    expect(codes(constantTruth)).toEqual(['CONSTANT_MASK', 'BACKGROUND_ONLY'])
    expect(codes(constantTruth, 7)).toEqual(['CONSTANT_MASK'])
    expect(codes(constantTruth, null)).toEqual(['CONSTANT_MASK'])
    expect(codes([[3, 3, 9]])).toEqual(['CONSTANT_MASK', 'CONSTANT_MASK'])
  })

  it('is not reported when no pixel is counted, which is told instead', () => {
    expect(codes([])).toEqual(['NOTHING_COUNTED'])
  })
})

describe('label sets', () => {
  it('without a common label are reported, with what may help', () => {
    const [warning] = tableWarnings(
      tableOf([
        [0, 255, 5],
        [1, 254, 5],
      ]),
      { families: ['pairs'], background: 0 },
    )
    expect(warning.code).toBe('LABEL_SETS_DISJOINT')
    expect(warning.message).toMatch(/0, 1.*254, 255.*binary.*palette.*colour map/)
  })

  it('with a common label are not reported', () => {
    expect(
      codes([
        [2, 255, 5],
        [1, 2, 5],
      ]),
    ).toEqual([])
    expect(
      codes([
        [0, 255, 5],
        [1, 0, 5],
      ]),
    ).toEqual(['ONLY_ZERO_SHARED'])
    for (const shared of [-1, 3, 9])
      expect(
        codes([
          [0, 1, 5],
          [4, 6, 5],
          [shared, 2, 5],
          [8, shared, 5],
        ]),
      ).toEqual([])
  })
})

describe('a swapped label list', () => {
  /** Of 100 pixels, `wrong` have label 1 for 2 and as many 2 for 1; the rest agree. */
  const exchanged = (wrong: number): Triples => [
    [1, 2, wrong],
    [2, 1, wrong],
    [1, 1, 50 - wrong],
    [2, 2, 50 - wrong],
  ]

  it('is reported from a gain of a tenth of all pixels', () => {
    // Renamed, 2 wrong pixels in 100 agree instead of 2 (50 − wrong): a gain of (4 wrong − 100) / 100.
    expect(impliedSwap(tableOf(exchanged(28)))?.gain).toBeCloseTo(0.12, 12)
    expect(codes(exchanged(28))).toContain('SWAPPED_LABELS')
    expect(codes(exchanged(27))).not.toContain('SWAPPED_LABELS')
  })

  it('is reported with the old and the new name of each label', () => {
    expect(impliedSwap(tableOf(exchanged(50)))?.pairs).toEqual([
      [1, 2],
      [2, 1],
    ])
  })

  it('is found wherever the best renaming gains as much, and nowhere else', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 9, maxLength: 9 }), (counts) => {
        const diagonal = [0, 1, 2].map((label): [number, number, number] => [label, label, 1])
        const table = tableOf([
          ...diagonal,
          ...counts.map((n, k): [number, number, number] => [Math.floor(k / 3), k % 3, n]),
        ])
        const { one_to_one_accuracy, relabelling } = bestRenaming(table)
        const gain = Number(one_to_one_accuracy) - Number(labelAgreement(table).pixel_accuracy)
        const isSwap = gain >= 0.1 && relabelling.some((row) => row.prediction !== row.ground_truth)
        expect(impliedSwap(table)?.gain).toBe(isSwap ? gain : undefined)
      }),
    )
  })

  it('is not reported when the masks hold different labels', () => {
    expect(
      codes([
        [1, 2, 50],
        [2, 1, 40],
        [2, 3, 10],
      ]),
    ).not.toContain('SWAPPED_LABELS')
  })

  it.each([
    [256, true],
    [257, false],
  ])('of %i labels: %s', (labels, told) => {
    const rotated = Array.from({ length: labels }, (_, k): [number, number, number] => [
      k,
      (k + 1) % labels,
      3,
    ])
    expect(codes(rotated).includes('SWAPPED_LABELS')).toBe(told)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'
import { type ClassName, classCounts } from '../../../src/metrics/overlap/class-counts.ts'
import { type Overlap, overlap } from '../../../src/metrics/overlap/overlap.ts'
import { type PooledMeans, pooledMeans } from '../../../src/metrics/overlap/pooled-means.ts'
import type { ContingencyTable } from '../../../src/metrics/table/contingency-table.ts'
import { tableOf } from '../golden-cases.ts'
import { named, peerMatrix } from '../peer-matrix.ts'
import { tableOfLabels, tables } from '../tables.ts'

/** Overlap with the means that are answered on request. */
function scoresOf(table: ContingencyTable, classes?: readonly ClassName[]): Overlap & PooledMeans {
  const counts = classCounts(table, { classes })
  return { ...overlap(table, { classes }), ...pooledMeans(counts, table.total) }
}

describe('means over classes', () => {
  it.each([
    {
      classes: named(0, 1, 2, 3),
      macro: 0.5582251082251082,
      micro: [0.7909090909090909, 0.7909090909090909, 0.7909090909090909, 0.6541353383458647],
      weighted: [0.8499803227075955, 0.8161264822134386, 0.6973581973581973],
    },
    {
      classes: named(1, 2, 3),
      macro: 0.44126984126984126,
      micro: [0.6727272727272727, 0.74, 0.7047619047619048, 0.5441176470588235],
      weighted: [0.779047619047619, 0.7519999999999999, 0.6111111111111112],
    },
  ])('are those of scikit-learn over $classes.length classes', ({ classes, macro, micro, weighted }) => {
    const score = scoresOf(peerMatrix, classes)
    expect(score.mean_precision).toBeCloseTo(macro, 14)
    const { precision, recall, dice, iou } = score.micro
    const closeTo = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 14))
    expect([precision, recall, dice, iou]).toEqual(closeTo(micro))
    expect([score.weighted.precision, score.weighted.dice, score.fw_iou]).toEqual(closeTo(weighted))
  })

  it('are worked by hand', () => {
    // Class 1: a 4, b 3, tp 2; class 2: a 2, b 0; class 3: a 0, b 3. Class 0 is not listed.
    const table = tableOf([
      [1, 1, 2],
      [1, 3, 2],
      [2, 0, 2],
      [0, 1, 1],
      [0, 3, 1],
      [0, 0, 2],
    ])
    const score = scoresOf(table, named(1, 2, 3))
    expect(score.mean_precision).toBeCloseTo(2 / 3 / 3, 15)
    expect(score.n_averaged).toMatchObject({ mean_iou: 3, mean_accuracy: 2 })
    expect(score.weighted.precision).toBeCloseTo((4 * (2 / 3)) / 6, 15)
    expect(score.weighted.dice).toBeCloseTo((4 * (4 / 7)) / 6, 15)
    expect(score.micro).toEqual({ iou: 2 / 10, dice: 4 / 12, precision: 2 / 6, recall: 2 / 6 })
  })

  it('say why they have no value', () => {
    const predictedOnly = scoresOf(tableOfLabels([0, 0], [0, 7]), named(7))
    const empty = undefinedBecause('empty_ground_truth')
    expect(predictedOnly).toMatchObject({
      mean_precision: 0,
      generalised_dice: 0,
      weighted: { dice: empty, precision: empty },
      micro: { iou: 0, dice: 0, precision: 0, recall: empty },
    })
    const missed = scoresOf(tableOfLabels([0, 7], [0, 0]), named(7))
    expect(missed.micro).toEqual({
      iou: 0,
      dice: 0,
      precision: undefinedBecause('empty_prediction'),
      recall: 0,
    })
    expect(missed.weighted).toEqual({ dice: 0, precision: 0 })
    const none = scoresOf(tableOfLabels([0, 0], [0, 0]), named(7))
    const absent = undefinedBecause('absent_both')
    expect(none).toMatchObject({
      mean_precision: absent,
      generalised_dice: absent,
      weighted: { dice: absent },
    })
    expect(none.micro).toEqual({ iou: absent, dice: absent, precision: absent, recall: absent })
  })

  it('taken over the pixels of all labels are the pixel accuracy', () => {
    fc.assert(
      fc.property(fc.oneof(tables(), tables(2)), (table) => {
        const { micro, pixel_accuracy } = scoresOf(table)
        expect([micro.dice, micro.precision, micro.recall]).toEqual(Array(3).fill(pixel_accuracy))
      }),
    )
  })

  it('by precision, by size and of all pixels together come on request alone', () => {
    const plain = overlap(peerMatrix)
    for (const name of ['mean_precision', 'weighted', 'micro']) expect(plain).not.toHaveProperty(name)
    const { per_class: _, ...rated } = overlap(peerMatrix, { classRates: true })
    const { per_class: __, ...expected } = scoresOf(peerMatrix)
    expect(rated).toEqual(expected)
  })
})

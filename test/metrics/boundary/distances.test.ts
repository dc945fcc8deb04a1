import { describe, expect, it, vi } from 'vitest'
import type { LabelMap } from '../../../src/labels/label-map.ts'
import { boundary } from '../../../src/metrics/boundary/boundary.ts'
import { defaultDilation } from '../../../src/metrics/boundary/boundary-iou.ts'
import { volumeDistances } from '../../../src/metrics/boundary/volume-distances.ts'

const mapOf = (rows: readonly string[]): LabelMap => ({
  width: rows[0].length,
  height: rows.length,
  depth: 1,
  labels: Uint8Array.from(rows.join(''), Number),
})
const scoresOf = (
  groundTruth: readonly string[],
  prediction: readonly string[],
  spacing: readonly number[],
  percentiles?: readonly number[],
) =>
  boundary(mapOf(groundTruth), mapOf(prediction), {
    spacing,
    tolerances: [1],
    percentiles,
    surface: 'pixel',
    labels: [1],
  }).per_label[0]

const truth = ['000000000', '011110000', '011111000', '011111000', '001110000', '000000000', '000000010']
const predicted = ['000000000', '000111100', '000111110', '000111110', '000011100', '000000000', '000000000']

describe('distances between borders', () => {
  it('of a volume are measured in its spacing, and free what they were read from', () => {
    using transfer = vi.spyOn(ArrayBuffer.prototype, 'transfer')
    const at = (...positions: number[]) => ({
      positions: Uint32Array.from(positions),
      kinds: new Uint8Array(positions.length),
    })
    const grid = { width: 2, height: 2, depth: 2 }
    const spacing = { row: 3, column: 4, depth: 12 }
    expect(volumeDistances(at(0, 3, 7), at(0), grid, spacing, { left: 1000 })).toEqual(
      Float64Array.of(0, 5, 13),
    )
    expect(transfer.mock.calls).toEqual([[0]])
    expect(transfer.mock.contexts[0]).toHaveProperty('detached', true)
  })

  it.each([
    {
      spacing: [1, 1],
      directed: [2.23606797749979, 2],
      masd: 1.0609629637710456,
      percentiles: [
        [50, 1, 1],
        [90, 2, 2],
        [100, 2.23606797749979, 2],
      ],
    },
    {
      spacing: [2, 0.5],
      directed: [4.031128874149275, 1],
      masd: 0.777812187938038,
      percentiles: [
        [50, 1, 1],
        [90, 1, 1],
        [100, 4.031128874149275, 1],
      ],
    },
  ])('are those of SciPy 1.10.1 and NumPy 1.24.2, spacing $spacing', (peer) => {
    // ndimage.binary_erosion by the cross, spatial.distance.directed_hausdorff, numpy.percentile.
    const row = scoresOf(truth, predicted, peer.spacing, [50, 90, 100])
    const closeTo = (value: number) => expect.closeTo(value, 13)
    expect([row.hausdorff_ground_truth, row.hausdorff_prediction]).toEqual(peer.directed.map(closeTo))
    expect(row.masd).toEqual(closeTo(peer.masd))
    expect(row.hausdorff_percentiles).toEqual(
      peer.percentiles.map(([percentile, ground_truth, prediction]) => ({
        percentile,
        value: closeTo(Math.max(ground_truth, prediction)),
        ground_truth: closeTo(ground_truth),
        prediction: closeTo(prediction),
      })),
    )
  })

  it('are worked by hand: a line that is predicted two pixels too long', () => {
    const row = scoresOf(['1110000'], ['1111100'], [1, 1], [75, 95])
    expect(row).toMatchObject({ hausdorff_ground_truth: 0, hausdorff_prediction: 2, masd: 0.3 })
    // 0 0 0 1 2: the 75th percentile is the fourth of five, the 95th 4/5 of the way from 1 to 2.
    expect(row.hausdorff_percentiles).toEqual([
      { percentile: 75, value: 1, ground_truth: 0, prediction: 1 },
      {
        percentile: 95,
        value: expect.closeTo(1.8, 14),
        ground_truth: 0,
        prediction: expect.closeTo(1.8, 14),
      },
    ])
    expect(row.hausdorff_95).toBeCloseTo(1.8, 14)
  })

  it('have no percentiles but the 95th unless they are asked for', () => {
    expect(scoresOf(truth, predicted, [1, 1])).not.toHaveProperty('hausdorff_percentiles')
  })
})

describe('the band of boundary IoU', () => {
  it.each([
    [[35, 120], 2],
    [[105, 140], 4],
    [[63, 216], 4],
    [[44, 117], 2],
    [[3, 4], 1],
    [[100, 100], 3],
    [[2, 10, 11], 1],
  ])('of %j pixels is %i wide: 2 %% of the diagonal, a half to the even side', (sides, width) => {
    expect(defaultDilation(...sides)).toBe(width)
  })
})

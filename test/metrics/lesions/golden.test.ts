import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Connectivity } from '../../../src/labels/components.ts'
import type { LabelMap } from '../../../src/labels/label-map.ts'
import { binaryPair } from '../../../src/metrics/lesions/binary-pair.ts'
import { bratsLesions } from '../../../src/metrics/lesions/brats-lesions.ts'
import { lesionScores } from '../../../src/metrics/lesions/lesion-scores.ts'

interface Golden {
  readonly name: string
  /** Slices, rows, columns. */
  readonly shape: readonly [number, number, number]
  readonly spacing: readonly [number, number, number]
  readonly ground_truth: string
  readonly prediction: string
  readonly components: readonly (Readonly<Record<string, number>> & { readonly connectivity: Connectivity })[]
  readonly brats: readonly {
    readonly dilation: number
    readonly min_volume: number
    readonly lesions: number
    readonly false: number
    /** Volume, predicted components, Dice, HD95. */
    readonly rows: readonly (readonly [number, number, number, number])[]
    readonly mean_dice: number
    readonly mean_hausdorff_95: number
  }[]
}
/** What SciPy and surface-distance answer; `lesions.py` beside it says how. */
const golden: readonly Golden[] = JSON.parse(
  readFileSync(new URL('../../golden/volumes/lesions.json', import.meta.url), 'utf8'),
)

const volume = ([depth, height, width]: Golden['shape'], digits: string): LabelMap => ({
  width,
  height,
  depth,
  volume: true,
  labels: Uint8Array.from(digits, Number),
})
const pairOf = ({ shape, ground_truth, prediction }: Golden, margin = 0) =>
  binaryPair(volume(shape, ground_truth), volume(shape, prediction), { labels: new Set([1]), margin })

describe.each(golden.map((one) => [one.name, one] as const))('lesions of the volume "%s"', (_, one) => {
  it.each(one.components.map((expected) => [expected.connectivity, expected] as const))(
    'are counted with %i neighbours as SciPy counts them',
    (connectivity, { connectivity: _asked, ...expected }) => {
      const scores = lesionScores(pairOf(one), { connectivity, pixelVolume: 1, minVolume: 0 })
      expect(scores).toMatchObject(expected)
      expect(scores.missed).toBe(expected.lesions - expected.detected)
    },
  )

  it.each(one.brats.map((expected) => [expected.dilation, expected.min_volume, expected] as const))(
    'grown by %i, those above %i, are scored by the rules of BraTS',
    (dilation, minVolume, expected) => {
      const [depth, row, column] = one.spacing
      const scores = bratsLesions(pairOf(one, 2 * dilation), {
        dilation,
        minVolume,
        voxelVolume: depth * row * column,
        spacing: one.spacing,
      })
      expect([scores.lesions, scores.false]).toEqual([expected.lesions, expected.false])
      expect(scores.mean_dice).toBeCloseTo(expected.mean_dice, 12)
      expect(scores.mean_hausdorff_95).toBeCloseTo(expected.mean_hausdorff_95, 10)
      const rows = scores.per_lesion.map(({ volume: own, predictions, dice, hausdorff_95 }) => [
        own,
        predictions,
        dice,
        typeof hausdorff_95 === 'number' ? hausdorff_95 : 374,
      ])
      expect(rows.map((numbers) => numbers.map((number) => expect.closeTo(number, 10)))).toEqual(
        expected.rows,
      )
    },
  )
})

it('the three lesions of 27, 8 and 1 voxels have the values of the published example', () => {
  const [tiny] = golden
  const pair = pairOf(tiny, 6)
  expect(lesionScores(pair, { connectivity: 26, pixelVolume: 1, minVolume: 0 })).toMatchObject({
    lesions: 3,
    detected: 1,
    missed: 2,
    predicted: 3,
    false: 2,
    false_negative_volume: 9,
    false_positive_volume: 19,
  })
  const brats = (dilation: number, minVolume: number) =>
    bratsLesions(pair, { dilation, minVolume, voxelVolume: 1, spacing: [1, 1, 1] })
  const one = brats(1, 2)
  expect([one.mean_dice, one.per_lesion.map(({ dice }) => dice), one.false]).toEqual([
    expect.closeTo(0.2222, 4),
    [expect.closeTo(0.6667, 4), 0],
    1,
  ])
  const three = brats(3, 0)
  expect([three.mean_dice, three.per_lesion.map(({ volume: own }) => own)]).toEqual([
    expect.closeTo(0.439, 4),
    [36],
  ])
})

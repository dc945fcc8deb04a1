import { describe, expect, it } from 'vitest'
import type { LabelMap } from '../../../src/labels/label-map.ts'
import { binaryPair } from '../../../src/metrics/lesions/binary-pair.ts'
import { bratsLesions } from '../../../src/metrics/lesions/brats-lesions.ts'
import { lesionScores } from '../../../src/metrics/lesions/lesion-scores.ts'
import { undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'

const row = (digits: string): LabelMap => ({
  width: digits.length,
  height: 1,
  depth: 1,
  volume: true,
  labels: Uint8Array.from(digits, Number),
})
const score = (
  truth: string,
  prediction: string,
  {
    minVolume = 0,
    pixelVolume = 1,
    labels = [1],
  }: { minVolume?: number; pixelVolume?: number; labels?: number[] } = {},
) =>
  lesionScores(binaryPair(row(truth), row(prediction), { labels: new Set(labels), margin: 0 }), {
    connectivity: 26,
    pixelVolume,
    minVolume,
  })

describe('lesions', () => {
  it('are found by a single shared voxel, and one prediction may find two', () => {
    expect(score('1101100', '0111001')).toMatchObject({ lesions: 2, detected: 2, predicted: 2, false: 1 })
    expect(score('1101100', '0111001')).toMatchObject({ sensitivity: 1, precision: 0.5, f1: 2 / 3 })
  })

  it('have volumes in the unit of a pixel’s volume', () => {
    expect(score('11010', '00001', { pixelVolume: 0.5 })).toMatchObject({
      volume_ground_truth: 1.5,
      volume_prediction: 0.5,
      false_positive_volume: 0.5,
      false_negative_volume: 1.5,
    })
  })

  it('that are small are left out, and what is predicted on them is not false', () => {
    expect(score('1100100', '0000100', { minVolume: 1 })).toMatchObject({
      lesions: 1,
      detected: 0,
      missed: 1,
      predicted: 1,
      false: 0,
    })
  })

  it('of several labels taken together are those of their union', () => {
    expect(score('1230', '0110', { labels: [1, 2, 3] })).toMatchObject({
      lesions: 1,
      predicted: 1,
      detected: 1,
    })
  })

  it('have no shares where neither mask has any, and an F1 of 0 where one has', () => {
    const none = undefinedBecause('absent_both')
    expect(score('000', '000')).toMatchObject({ sensitivity: none, precision: none, f1: none, lesions: 0 })
    expect(score('000', '010')).toMatchObject({
      sensitivity: undefinedBecause('empty_ground_truth'),
      precision: 0,
      f1: 0,
    })
    expect(score('010', '000')).toMatchObject({
      sensitivity: 0,
      precision: undefinedBecause('empty_prediction'),
      f1: 0,
    })
    expect(score('100', '001')).toMatchObject({ sensitivity: 0, precision: 0, f1: 0 })
  })

  it('are looked for among the pixels that are kept', () => {
    const pair = binaryPair(row('11011'), row('11000'), {
      labels: new Set([1]),
      keep: Uint8Array.of(1, 1, 1, 0, 0),
      margin: 0,
    })
    expect(lesionScores(pair, { connectivity: 26, pixelVolume: 1, minVolume: 0 })).toMatchObject({
      lesions: 1,
      missed: 0,
    })
  })
})

describe('the rules of BraTS', () => {
  const brats = (truth: string, prediction: string, minVolume = 0) =>
    bratsLesions(binaryPair(row(truth), row(prediction), { labels: new Set([1]), margin: 2 }), {
      dilation: 1,
      minVolume,
      voxelVolume: 1,
      spacing: [1, 1, 1],
    })

  it('answer 1 and 0 where nothing is there and nothing is predicted', () => {
    expect(brats('000', '000')).toMatchObject({ mean_dice: 1, mean_hausdorff_95: 0, lesions: 0 })
  })

  it('count 374 for each lesion that is missed or invented', () => {
    expect(brats('1000000', '0000001')).toMatchObject({
      mean_dice: 0,
      mean_hausdorff_95: 374,
      detected: 0,
      false: 1,
    })
  })

  it('let one predicted component serve two lesions', () => {
    const { mean_dice, per_lesion, false: invented } = brats('1110000111', '1111111111')
    expect([mean_dice, per_lesion.length, invented]).toEqual([expect.closeTo(6 / 13, 12), 2, 0])
  })
})

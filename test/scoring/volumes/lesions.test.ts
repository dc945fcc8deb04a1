import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../src/limits.ts'
import { Refusal } from '../../../src/problems/refusal.ts'
import type { Report } from '../../../src/scoring/report/report.ts'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../../src/scoring/score.ts'
import { writeNifti } from '../../oracle/nifti-writer.ts'

const [tiny] = JSON.parse(readFileSync(new URL('../../golden/volumes/lesions.json', import.meta.url), 'utf8'))
const [depth, height, width] = tiny.shape

const volume = (digits: string, pixdim: readonly number[] = [1, 1, 1, 1]) =>
  writeNifti({ sides: [width, height, depth], data: Uint8Array.from(digits, Number), pixdim })

async function score(groundTruth: Uint8Array, prediction: Uint8Array, options: object): Promise<Report> {
  const file = (bytes: Uint8Array) => ({ kind: 'file', bytes }) as const
  const masks = { groundTruth: file(groundTruth), prediction: file(prediction) }
  const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
  return (await scorePair(masks, parseScoreOptions(options), context)).report
}

const tinyScores = (options: object, pixdim?: readonly number[]) =>
  score(volume(tiny.ground_truth, pixdim), volume(tiny.prediction, pixdim), options)

describe('the family lesions', () => {
  it('answers the tiny example by components, with volumes in millilitres', async () => {
    const { lesions } = await tinyScores({ families: ['lesions'] }, [1, 10, 10, 10])
    expect(lesions).toEqual({
      protocol: 'components',
      connectivity: 26,
      min_volume: 0,
      unit: 'ml',
      rows: [
        {
          label: 1,
          lesions: 3,
          predicted: 3,
          detected: 1,
          missed: 2,
          false: 2,
          sensitivity: 1 / 3,
          precision: 1 / 3,
          f1: 1 / 3,
          volume_ground_truth: 36,
          volume_prediction: 46,
          false_positive_volume: 19,
          false_negative_volume: 9,
        },
      ],
    })
  })

  it('answers it by the rules of BraTS, beside the diagonal of the volume', async () => {
    const { lesions } = await tinyScores({
      families: ['lesions'],
      lesions: { protocol: 'brats', dilation: 1, min_volume: 2 },
    })
    expect(lesions?.rows[0]).toMatchObject({
      lesions: 2,
      detected: 2,
      false: 1,
      mean_dice: expect.closeTo(0.2222, 4),
      mean_hausdorff_95: expect.closeTo(tiny.brats[0].mean_hausdorff_95, 10),
      worst_case: Math.hypot(width, height, depth),
      per_lesion: [{ volume: 0.027 }, { volume: 0.008 }],
    })
  })

  it('counts 18 neighbours as autoPET does, and what is asked for else', async () => {
    const of = async (lesions: object) =>
      (await tinyScores({ families: ['lesions'], lesions })).lesions?.connectivity
    expect(await of({ protocol: 'autopet' })).toBe(18)
    expect(await of({ connectivity: 6 })).toBe(6)
    expect(await of({ protocol: 'brats', connectivity: 6 })).toBe(26)
  })

  it('measures in voxels where no distance is known, or voxels are asked for', async () => {
    const of = async (pixdim: number[], boundary = {}) => {
      const { lesions } = await tinyScores({ families: ['lesions'], boundary }, pixdim)
      return [lesions?.unit, lesions?.rows[0].volume_ground_truth]
    }
    expect(await of([1, 0, 0, 0])).toEqual(['voxel', 36])
    expect(await of([1, 2, 2, 2], { unit: 'voxel' })).toEqual(['voxel', 36])
    expect(await of([1, 2, 2, 2])).toEqual(['ml', 0.288])
  })

  it('has a row for each group in the place of labels, whose union it is', async () => {
    const groups = { WT: [1, 2, 3], TC: [1, 3], none: [9] }
    const digits = tiny.ground_truth.replace(/1/g, (_: string, at: number) => `${(at % 3) + 1}`)
    const { lesions } = await score(volume(digits), volume(tiny.prediction), {
      families: ['lesions'],
      groups,
    })
    expect(lesions?.rows.map(({ group, lesions: count }) => [group, count])).toEqual([
      ['WT', 3],
      ['TC', expect.any(Number)],
      ['none', 0],
    ])
    expect(lesions?.rows[2].f1).toBeNull()
  })

  it('is left out of all families for images, and refuses the rules of BraTS there', async () => {
    const image = writeNifti({ sides: [4, 4], data: new Uint8Array(16).fill(1) })
    const { lesions, reasons } = await score(image, image, { families: ['all'] })
    expect([lesions, reasons['/lesions']]).toEqual([null, 'no_volume'])
    expect((await score(image, image, { families: ['lesions'] })).lesions).toMatchObject({
      unit: 'pixel',
      connectivity: 8,
    })
    const brats = score(image, image, { families: ['lesions'], lesions: { protocol: 'brats' } })
    await expect(brats).rejects.toThrow(Refusal)
  })
})

describe('volumes of labels', () => {
  it('stand in the rows in millilitres where voxels have a size in millimetres', async () => {
    const of = async (pixdim: number[], boundary = {}) => {
      const { overlap } = await tinyScores({ groups: { all: [1] }, boundary }, pixdim)
      const row = overlap?.per_class.find(({ label }) => label === 1)
      const group = overlap?.per_group?.[0]
      expect(group?.volume_ground_truth).toBe(row?.volume_ground_truth)
      return [row?.volume_ground_truth, row?.volume_prediction]
    }
    expect(await of([1, 10, 10, 10])).toEqual([36, 46])
    expect(await of([1, 0, 0, 0])).toEqual([undefined, undefined])
    expect(await of([1, 10, 10, 10], { unit: 'voxel' })).toEqual([undefined, undefined])
    expect(await of([1, 0, 0, 0], { spacing: [10, 10, 5] })).toEqual([18, 23])
  })
})

describe('groups of labels', () => {
  const truth = '0112233100'
  const predicted = '0122330110'
  const row = (digits: string) =>
    writeNifti({ sides: [digits.length, 1, 1], data: Uint8Array.from(digits, Number) })
  const inGroup = (digits: string, labels: string) =>
    [...digits].map((digit) => (labels.includes(digit) ? '1' : '0')).join('')

  it('are scored in overlap and boundary as masks of their labels alone', async () => {
    const groups = { WT: [1, 2, 3], TC: [1, 3], ET: [3] }
    const options = { families: ['overlap', 'boundary'], include: ['class_rates'], beta: 2 }
    const { overlap, boundary } = await score(row(truth), row(predicted), { ...options, groups })
    for (const [index, [group, labels]] of Object.entries(groups).entries()) {
      const list = labels.join('')
      const alone = await score(row(inGroup(truth, list)), row(inGroup(predicted, list)), options)
      const { label: _, ...own } = alone.overlap!.per_class.find(({ label }) => label === 1)!
      expect(overlap?.per_group?.[index]).toEqual({ group, ...own })
      const { label: __, ...border } = alone.boundary!.per_label[0]
      expect(boundary?.per_group?.[index]).toEqual({ group, ...border })
    }
  })

  it('are told by tables of counts, too, and change no other score', async () => {
    const groups = { all: [1, 2, 3] }
    const plain = await score(row(truth), row(predicted), {})
    const grouped = await score(row(truth), row(predicted), { groups })
    const { per_group, ...rest } = grouped.overlap!
    expect([per_group?.length, rest]).toEqual([1, plain.overlap])
  })
})

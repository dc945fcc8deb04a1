import { describe, expect, it } from 'vitest'
import { countMaps } from '../../../src/counting/count-maps.ts'
import { codingWarnings } from '../../../src/scoring/scores/coding-warnings.ts'
import { tableWarnings } from '../../../src/scoring/scores/table-warnings.ts'

const map = (labels: readonly number[]) => ({
  width: labels.length,
  height: 1,
  depth: 1,
  labels: Int32Array.from(labels),
})
const warned = (truth: readonly number[], prediction: readonly number[]) =>
  tableWarnings(countMaps(map(truth), map(prediction), { maxPairs: 1000 }), {
    families: ['overlap'],
    background: null,
  }).filter(({ code }) => code !== 'CONSTANT_MASK' && code !== 'SWAPPED_LABELS')

describe('warnings about how labels are coded', () => {
  it('says what a renaming would gain where one mask has 0 and 1 and the other 0 and 255', () => {
    const [warning] = warned([0, 0, 1, 1], [0, 255, 255, 255])
    expect(warning.code).toBe('ONLY_ZERO_SHARED')
    expect(warning.message).toContain(
      'Renaming 255 → 1 in the prediction would raise pixel accuracy by 0.500',
    )
  })

  it('sees that also where labels are negative, and not where void is all that is predicted beside 0', () => {
    expect(warned([-5, -5, 0], [0, 0, 9])[0].message).toContain('Renaming 9 → -5')
    const table = countMaps(map([0, 1, 2]), map([0, 255, 255]), { maxPairs: 9 })
    const voidLabels = new Set([255])
    expect(codingWarnings(table, 1, { families: ['overlap'], background: 0, voidLabels })).toEqual([])
  })

  it('says that 0 alone is shared by masks of more labels', () => {
    expect(warned([0, 1, 2, 3], [0, 85, 170, 255])).toMatchObject([{ code: 'ONLY_ZERO_SHARED' }])
  })

  it('sees a prediction that was resized by averages', () => {
    const truth: number[] = Array.from({ length: 200 }, (_, i) => (i < 100 ? 0 : 200))
    const blended = truth.with(95, 20).with(96, 40).with(97, 60).with(98, 80).with(99, 100).with(100, 120)
    const prediction = blended.with(101, 140).with(102, 160)
    expect(warned(truth, prediction)).toMatchObject([{ code: 'LIKELY_INTERPOLATED' }])
    expect(warned(truth, blended)).toMatchObject([{ code: 'LABELS_ONLY_PREDICTED' }])
  })

  it('names labels that the ground truth never has, with their share of the pixels', () => {
    expect(warned([0, 1, 2, 2], [0, 1, 3, 2])).toEqual([
      {
        code: 'LABELS_ONLY_PREDICTED',
        message: expect.stringMatching(/a label that .*\(3; 25\.0 % of the pixels\)/),
      },
    ])
  })

  it('says nothing of a void label that only the prediction has, nor where overlap is not asked for', () => {
    const table = countMaps(map([0, 1, 2, 2]), map([0, 1, 255, 2]), { maxPairs: 9 })
    const expected = { families: ['overlap'], background: 0 } as const
    expect(codingWarnings(table, 3, { ...expected, voidLabels: new Set([255]) })).toEqual([])
    expect(codingWarnings(table, 3, { ...expected, families: ['pairs'] })).toEqual([])
    expect(codingWarnings(table, 3, expected)).toHaveLength(1)
  })

  it('says nothing of a class that is listed and only predicted', () => {
    const table = countMaps(map([0, 1, 2, 2]), map([0, 1, 3, 2]), { maxPairs: 9 })
    const warned = (...labels: number[]) =>
      codingWarnings(table, 3, {
        families: ['overlap'],
        background: 0,
        listed: labels.map((label) => ({ label })),
      })
    expect(warned(1, 2, 3)).toEqual([])
    expect(warned(1, 2)).toMatchObject([{ code: 'LABELS_ONLY_PREDICTED' }])
  })

  it('says nothing of masks that share labels, of one label, or of instances', () => {
    expect(warned([0, 1, 2, 2], [0, 1, 1, 2])).toEqual([])
    expect(warned([0, 0], [0, 0])).toEqual([])
    const instances = Array.from({ length: 100 }, (_, i) => i)
    expect(
      warned(
        instances,
        instances.map((label) => (label * 7) % 100),
      ),
    ).toEqual([])
  })
})

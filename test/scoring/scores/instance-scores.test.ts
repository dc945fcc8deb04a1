import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../src/limits.ts'
import type { MaskInput } from '../../../src/scoring/request/mask-input.ts'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../../src/scoring/score.ts'

const instancesOf = async (groundTruth: MaskInput, prediction: MaskInput, options = {}) => {
  const asked = parseScoreOptions({ families: ['instances'], ...options })
  const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
  const { report } = await scorePair({ groundTruth, prediction }, asked, context)
  return report.instances
}
const labels = (...data: number[][]): MaskInput => ({ kind: 'labels', data })

/** COCO boxes on an image of 8 × 1: [category, first column, width]. */
const coco = (...boxes: (readonly [category: number, left: number, width: number])[]): MaskInput => ({
  kind: 'annotation',
  format: 'coco',
  document: {
    data: {
      images: [{ id: 1, width: 8, height: 1, file_name: 'a.png' }],
      categories: [
        { id: 1, name: 'cat', isthing: 1 },
        { id: 2, name: 'sky', isthing: 0 },
      ],
      annotations: boxes.map(([category_id, left, width], index) => ({
        id: index + 1,
        image_id: 1,
        category_id,
        iscrowd: 0,
        area: width,
        bbox: [left, 0, width, 1],
        segmentation: [[left, 0, left + width, 0, left + width, 1, left, 1]],
      })),
    },
  },
})

describe('instances of a report', () => {
  it('tell things and stuff apart where the document does', async () => {
    const scores = await instancesOf(coco([1, 0, 4], [2, 4, 4]), coco([1, 0, 4], [2, 5, 3]))
    expect(scores?.panoptic).toMatchObject({
      things: { pq: 1, n_averaged: 1 },
      stuff: { pq: 0.75, n_averaged: 1 },
      pq: 0.875,
    })
    expect((await instancesOf(labels([1, 1]), labels([1, 1])))?.panoptic).not.toHaveProperty('things')
  })

  it('say which object is cut into which, by the numbers of the masks, when matches are asked for', async () => {
    const truth = labels([7, 7, 7, 7, 0, 3, 4])
    const predicted = labels([5, 5, 9, 9, 0, 8, 8])
    const scores = await instancesOf(truth, predicted, { include: ['matches'] })
    expect(scores).toMatchObject({
      split_objects: 1,
      merged_objects: 1,
      splits: [{ ground_truth: 7, predictions: [5, 9] }],
      merges: [{ prediction: 8, ground_truths: [3, 4] }],
    })
    expect(await instancesOf(truth, predicted)).not.toHaveProperty('splits')
  })

  it('name annotated objects in splits by their number in the document', async () => {
    const scores = await instancesOf(coco([2, 6, 1], [1, 0, 6]), coco([1, 0, 3], [1, 3, 3]), {
      include: ['matches'],
    })
    expect(scores?.splits).toEqual([{ ground_truth: 2, predictions: [1, 2] }])
  })
})

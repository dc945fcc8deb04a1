import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../src/limits.ts'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../../src/scoring/score.ts'

/** A COCO document of boxes, each 2 pixels wide and high, from these columns on. */
const boxes = (...lefts: number[]) => ({
  kind: 'file' as const,
  bytes: new TextEncoder().encode(
    JSON.stringify({
      images: [{ id: 1, width: 8, height: 2 }],
      categories: [{ id: 1, name: 'cell' }],
      annotations: lefts.map((x, id) => ({
        id: id + 1,
        image_id: 1,
        category_id: 1,
        segmentation: [[x, 0, x + 2, 0, x + 2, 2, x, 2]],
      })),
    }),
  ),
})

async function warned(truth: number[], prediction: number[], options: object = {}): Promise<string[]> {
  const masks = { groundTruth: boxes(...truth), prediction: boxes(...prediction) }
  const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
  const { report } = await scorePair(masks, parseScoreOptions(options), context)
  return report.warnings.filter(({ code }) => code === 'OBJECTS_OVERLAP').map(({ message }) => message)
}

describe('annotated objects that cover each other', () => {
  it.each([
    ['by default', {}],
    ['with instances', { families: ['instances'] }],
    ['with overlap alone', { families: ['overlap'] }],
  ])('are told %s, with the side and the pixels that several have', async (_, options) => {
    expect(await warned([0, 1, 5], [0, 5], options)).toEqual([
      expect.stringMatching(/^ground truth: 2 pixels belong/),
    ])
    expect(await warned([0, 5], [0, 0, 0], options)).toEqual([
      expect.stringMatching(/^prediction: 4 pixels belong/),
    ])
  })

  it('are not told where objects touch', async () => {
    expect(await warned([0, 2, 4], [0, 2])).toEqual([])
  })
})

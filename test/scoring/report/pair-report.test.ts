import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../src/limits.ts'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../../src/scoring/score.ts'

/** A cat and a dog, 2 × 2 pixels each. */
const animals = {
  kind: 'file' as const,
  bytes: new TextEncoder().encode(
    JSON.stringify({
      images: [{ id: 1, width: 6, height: 2 }],
      categories: [
        { id: 1, name: 'cat' },
        { id: 2, name: 'dog' },
      ],
      annotations: [0, 3].map((x, index) => ({
        id: index + 1,
        image_id: 1,
        category_id: index + 1,
        segmentation: [[x, 0, x + 2, 0, x + 2, 2, x, 2]],
      })),
    }),
  ),
}

async function reportOf(options: object) {
  const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
  const asked = { families: ['all'], include: ['matches'], ...options }
  const masks = { groundTruth: animals, prediction: animals }
  return (await scorePair(masks, parseScoreOptions(asked), context)).report
}

describe('names that annotations give', () => {
  it('stand in rows, matches and the options as understood', async () => {
    const { overlap, boundary, instances, options } = await reportOf({})
    expect(overlap?.per_class.map(({ name }) => name)).toEqual([undefined, 'cat', 'dog'])
    expect(boundary?.per_label.map(({ name }) => name)).toEqual(['cat', 'dog'])
    expect(instances?.panoptic.per_category?.map(({ name }) => name)).toEqual(['cat', 'dog'])
    expect(options).toMatchObject({ classes: { 1: 'cat', 2: 'dog' } })
  })

  it('are not those of foreground, which is no category', async () => {
    const report = await reportOf({ binary: true })
    expect(report.instances?.ground_truth_count).toBe(2)
    expect(report.overlap?.per_class.map(({ label }) => label)).toEqual([1, 0])
    expect(JSON.stringify(report)).not.toMatch(/cat"|dog"/)
  })

  it('give way to the caller’s', async () => {
    const { overlap } = await reportOf({ binary: true, classes: { 1: 'animal' } })
    expect(overlap?.per_class.map(({ name }) => name)).toEqual(['animal'])
  })
})

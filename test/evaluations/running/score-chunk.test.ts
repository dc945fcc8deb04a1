import { rmSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { scoreChunk } from '../../../src/evaluations/running/score-chunk.ts'
import { context, dataset, scored } from './dataset.ts'

let folder: string | undefined
afterEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true })
})

describe('a chunk', () => {
  it('lets others go first after each item, with the same rows', async () => {
    const made = dataset(3)
    folder = made.folder
    const chunk = { items: made.items, run: scored, turnMs: 60_000 }
    let ways = 0
    const giveWay = () => {
      ways++
    }
    const given = await scoreChunk(chunk, { ...context, giveWay })
    // Before each mask, after both are read, before the scores, and after the item.
    expect(ways).toBe(3 * 5)
    expect(given).toEqual(await scoreChunk(chunk, context))
  })
})

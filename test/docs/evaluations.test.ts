import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EvaluatedService, startEvaluations } from '../evaluations-http/evaluated-service.ts'
import { fencedBlocks } from './fenced-blocks.ts'
import { linkExamples, typeCommands } from './type-commands.ts'

const blocks = fencedBlocks('docs/evaluations.md').filter(({ language }) => language === 'sh')
const folder = mkdtempSync(join(tmpdir(), 'maskscore-walk-'))
linkExamples(folder)

let service: EvaluatedService
beforeAll(async () => {
  service = await startEvaluations({}, false)
}, 60_000)
afterAll(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

const json = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))

describe('the walk of docs/evaluations.md, from curl to the leaderboard', () => {
  it('has commands that all succeed, and leads where the page says', async () => {
    expect(blocks).toHaveLength(5)
    const told = await typeCommands(blocks.map(({ text }) => text).join('\n'), folder, service.url)
    expect(told).toContain('event: done')
    expect(json('summary.json')).toMatchObject({
      name: 'unet-7',
      state: 'done',
      summary: { complete: true, items: { total: 12, scored: 12 } },
    })
    for (const name of ['report.html', 'items.csv', 'difference.png', 'labels.npy'])
      expect(existsSync(join(folder, name)), name).toBe(true)
    expect(json('comparison.json')).toMatchObject({
      a: { name: 'unet-6' },
      b: { name: 'unet-7' },
      items: { both: 12 },
    })
    const board = JSON.parse(told.slice(told.lastIndexOf('{"dataset"')))
    expect(board).toMatchObject({ dataset: 'street', version: 1, primary: 'mean_iou' })
    const entries = board.entries.map(({ name, rank, complete }: Record<string, unknown>) => [
      name,
      rank,
      complete,
    ])
    expect(entries).toEqual([
      ['unet-7', 1, true],
      ['unet-6', 2, true],
    ])
  }, 60_000)
})

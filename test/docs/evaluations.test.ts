import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EvaluatedService, startEvaluations } from '../evaluations-http/evaluated-service.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/evaluations.md'), 'utf8')
const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block)
const folder = mkdtempSync(join(tmpdir(), 'maskscore-walk-'))
symlinkSync(join(root, 'examples'), join(folder, 'examples'))

let service: EvaluatedService
beforeAll(async () => {
  service = await startEvaluations({}, false)
}, 60_000)
afterAll(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

/** All of them in one shell, as somebody types them one after another; a refusal ends it. */
async function typed(commands: string): Promise<string> {
  const here = commands.replaceAll('localhost:8080', service.url.replace('http://', ''))
  const script = `set -euo pipefail\ncurl() { command curl --fail-with-body -sS "$@"; }\n${here}`
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: folder })
  return stdout
}

const json = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))

describe('the walk of docs/evaluations.md, from curl to the leaderboard', () => {
  it('has commands that all succeed, and leads where the page says', async () => {
    expect(blocks).toHaveLength(5)
    const told = await typed(blocks.join('\n'))
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

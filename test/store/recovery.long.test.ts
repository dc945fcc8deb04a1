import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keptRows } from '../../src/evaluations/running/kept-files.ts'
import { KilledService, options, runFolder, summaryIn } from './killed-service.ts'

const items = 1200
const service = new KilledService(items)
beforeAll(() => service.prepare())
afterAll(() => service.remove())

const begin = () => ({ gt: service.gt, pred: service.pred, options })

describe('an embedded service', () => {
  it('goes on from the files when its database is lost', async () => {
    const dataDir = service.newFolder()
    await service.killAt(service.start({ dataDir, begin: begin(), slowMs: 20 }), dataDir, 300)
    rmSync(join(dataDir, 'pglite'), { recursive: true })
    expect(await service.ended(service.start({ dataDir, slowMs: 0 }))).toBe(0)
    expect(summaryIn(dataDir)).toBe(service.expected)
  }, 120_000)

  it('loses the item that ends it again and again, and no other', async () => {
    const dataDir = service.newFolder()
    const poison = { dataDir, slowMs: 0, poison: 700 }
    let ended = await service.ended(service.start({ ...poison, begin: begin() }))
    let starts = 1
    while (ended === 'SIGKILL' && starts++ < 6) ended = await service.ended(service.start(poison))
    expect(ended).toBe(0)
    const shards = join(runFolder(dataDir), 'shards')
    const rows = [
      ...keptRows(
        readdirSync(shards)
          .sort()
          .map((name) => join(shards, name)),
      ),
    ]
    expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: items }, (_, index) => index))
    expect(rows.filter(({ problem }) => problem?.code === 'WORKER_LOST').map(({ index }) => index)).toEqual([
      700,
    ])
  }, 120_000)
})

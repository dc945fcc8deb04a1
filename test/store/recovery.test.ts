import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KilledService, options, summaryIn } from './killed-service.ts'

const service = new KilledService(1200)
beforeAll(() => service.prepare())
afterAll(() => service.remove())

const begin = () => ({ gt: service.gt, pred: service.pred, options })

describe('an embedded service that is killed', () => {
  // In the first shard, and in the last one.
  it('answers the same bytes when it is started again after 200 rows, and again after 1,100', async () => {
    const dataDir = service.newFolder()
    await service.killAt(service.start({ dataDir, begin: begin(), slowMs: 20 }), dataDir, 200)
    // After a kill items are scored one by one, each as slowly as a chunk before.
    await service.killAt(service.start({ dataDir, slowMs: 2 }), dataDir, 1100)
    expect(await service.ended(service.start({ dataDir, slowMs: 0 }))).toBe(0)
    expect(summaryIn(dataDir)).toBe(service.expected)
  }, 120_000)
})

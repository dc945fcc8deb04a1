import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KilledService, options, summaryIn } from './killed-service.ts'
import { openedStore, over, poolOf } from './opened-store.ts'
import { noPostgres, Postgres } from './postgres.ts'

const postgres = noPostgres === undefined ? new Postgres() : undefined
const service = new KilledService(1200)
beforeAll(async () => {
  await postgres?.start()
  if (postgres) await service.prepare()
}, 120_000)
afterAll(async () => {
  service.remove()
  await postgres?.remove()
})

const begin = () => ({ gt: service.gt, pred: service.pred, options })

/** Skipped where there is no server: `noPostgres` says why. */
describe.skipIf(noPostgres !== undefined)(
  `the store over PostgreSQL${noPostgres ? ` (skipped: ${noPostgres})` : ''}`,
  () => {
    it('answers the bytes of the command line, and leaves nothing of a run that is deleted', async () => {
      const pool = poolOf(2)
      const databaseUrl = await postgres?.database()
      // Why it cannot be used stands in the log alone.
      const absent = { runner: pool, databaseUrl: `${databaseUrl}-absent`, dataDir: service.newFolder() }
      await expect(openedStore(absent)).rejects.toMatchObject({ message: 'The database cannot be used.' })
      const { store, close, folder } = await openedStore({ runner: pool, databaseUrl })
      const { id } = await store.runs.create({
        owner: 'ann',
        options,
        sources: {
          groundTruth: { type: 'path', path: service.gt, shown: 'gt' },
          prediction: { type: 'path', path: service.pred, shown: 'pred' },
        },
      })
      expect((await over(store, 'ann', id)).state).toBe('done')
      expect(summaryIn(folder)).toBe(service.expected)
      expect(await store.runs.delete('bob', id)).toBe(false)
      expect(await store.runs.delete('ann', id)).toBe(true)
      expect(await store.runs.get('ann', id)).toBeUndefined()
      await close()
      await pool.close()
    }, 60_000)

    it('loses no row and has none twice when one of two workers is killed', async () => {
      const dataDir = service.newFolder()
      const databaseUrl = (await postgres?.database()) ?? ''
      const first = service.start({ dataDir, databaseUrl, begin: begin(), slowMs: 40 })
      await service.killAt(first, dataDir, 150)
      const others = [1, 2].map(() => service.start({ dataDir, databaseUrl, slowMs: 2 }))
      await service.killAt(others[0], dataDir, 600)
      expect(await service.ended(others[1])).toBe(0)
      expect(summaryIn(dataDir)).toBe(service.expected)
    }, 180_000)

    it('is worked on by `maskscore work`, while the service only accepts', async () => {
      const dataDir = service.newFolder()
      const databaseUrl = (await postgres?.database()) ?? ''
      const pool = poolOf(1)
      const { store } = await openedStore({ runner: pool, databaseUrl, dataDir, threads: 0 })
      const cli = join(import.meta.dirname, '../../src/cli.ts')
      const env = {
        ...process.env,
        MASKSCORE_DATABASE_URL: databaseUrl,
        MASKSCORE_DATA_DIR: dataDir,
        MASKSCORE_THREADS: '1',
      }
      const worker = spawn(process.execPath, [cli, 'work'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
      let told = ''
      worker.stderr.on('data', (text) => {
        told += text
      })
      const { id } = await store.runs.create({
        owner: 'ann',
        options,
        sources: {
          groundTruth: { type: 'path', path: service.gt, shown: 'gt' },
          prediction: { type: 'path', path: service.pred, shown: 'pred' },
        },
      })
      expect((await over(store, 'ann', id)).state, told).toBe('done')
      expect(summaryIn(dataDir)).toBe(service.expected)
      worker.kill('SIGTERM')
      await once(worker, 'exit')
      expect(told).toContain('stopping after the items in work')
      await store.close()
      await pool.close()
    }, 120_000)

    it('goes on when the server is started anew', async () => {
      const dataDir = service.newFolder()
      const databaseUrl = (await postgres?.database()) ?? ''
      const child = service.start({ dataDir, databaseUrl, begin: begin(), slowMs: 40 })
      await new Promise((resolve) => child.stdout?.once('data', resolve))
      await postgres?.stop()
      await postgres?.start()
      expect(await service.ended(child)).toBe(0)
      expect(summaryIn(dataDir)).toBe(service.expected)
    }, 180_000)
  },
)

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import type { RunResource } from '../../src/evaluations/ports/ports.ts'
import type { TaskRunner } from '../../src/tasks/runner.ts'
import { zipOf } from '../annotations/zip-writer.ts'
import { dataset } from '../evaluations/running/dataset.ts'
import { type OpenedStore, openedStore, over, poolOf } from './opened-store.ts'
import { noSmallDisk, SmallDisk } from './small-disk.ts'

const options = { labels: 'classes', on_missing: 'empty', on_broken: 'skip', replicates: 200 }

/** Skipped where no disk can be mounted: `noSmallDisk` says why. */
describe.skipIf(noSmallDisk !== undefined)(
  `an evaluation on a full disk${noSmallDisk ? ` (skipped: ${noSmallDisk})` : ''}`,
  () => {
    const { folder } = dataset(120)
    const out = mkdtempSync(join(tmpdir(), 'maskscore-out-'))
    const pool = poolOf(2)
    /** A task before which the disk becomes full. */
    let fatal: string | undefined
    const runner: TaskRunner = {
      run(task, signal) {
        if (task.call === fatal) fill()
        return pool.run(task, signal)
      },
      statistics: pool.statistics,
      isWhole: true,
    }
    let disk: SmallDisk
    let opened: OpenedStore
    let expected: string
    const fill = () => {
      fatal = undefined
      disk.fill()
    }
    const zip = zipOf(
      ...readdirSync(join(folder, 'pred')).map((name) => ({
        name,
        content: readFileSync(join(folder, 'pred', name)),
      })),
    )

    beforeAll(async () => {
      disk = new SmallDisk(120)
      const terminal = { out: () => undefined, err: () => undefined }
      const asked = ['--options', JSON.stringify(options), '--out', out, '--progress', 'none']
      await runCommand(['evaluate', join(folder, 'gt'), join(folder, 'pred'), ...asked], {}, terminal)
      expected = readFileSync(join(out, 'summary.json'), 'utf8')
      opened = await openedStore({
        runner,
        dataDir: join(disk.folder, 'data'),
        download: async (_, path) => {
          await writeFile(path, zip)
          if (fatal === 'download') fill()
        },
      })
    }, 120_000)
    afterAll(async () => {
      await opened?.close()
      await pool.close()
      disk?.remove()
      for (const path of [folder, out]) rmSync(path, { recursive: true })
    })

    afterEach(() => {
      fatal = undefined
      disk.free()
    })

    const waiting = async (id: string): Promise<RunResource> => {
      for (;;) {
        const run = await opened.store.runs.get('ann', id)
        if (run?.waiting || run?.finished_at) return run
        await sleep(50)
      }
    }

    it.each([
      ['is planned', 'download'],
      ['is scored', 'evaluate'],
      ['is finished', 'replicates'],
    ])('waits while it %s, says so, and ends with the bytes of an undisturbed one', async (_, task) => {
      fatal = task
      const { id } = await opened.store.runs.create({
        owner: 'ann',
        options,
        idempotency: { key: task, fingerprint: 'of the body' },
        sources: {
          groundTruth: { type: 'path', path: join(folder, 'gt'), shown: 'gt' },
          prediction: { type: 'url', url: 'https://example.org/pred.zip' },
        },
      })
      expect(await waiting(id)).toMatchObject({ finished_at: null, waiting: { code: 'STORAGE_FULL' } })
      disk.free()
      const run = await over(opened.store, 'ann', id)
      expect(run.problem).toBeUndefined()
      expect(run.waiting).toBeUndefined()
      expect(`${JSON.stringify(run.summary, null, 2)}\n`).toBe(expected)
    })

    it('is still known after starts that a full disk and a read-only one refused', async () => {
      const { store, folder: dataDir } = opened
      const before = await store.runs.list('ann', { limit: 10 })
      await store.close()
      const files = readdirSync(dataDir).sort()
      const refused = { code: 'STORE_UNAVAILABLE', remedy: expect.stringContaining('MASKSCORE_DATA_DIR') }
      disk.fill()
      await expect(openedStore({ runner, dataDir })).rejects.toMatchObject(refused)
      disk.free()
      disk.setReadOnly(true)
      await expect(openedStore({ runner, dataDir })).rejects.toMatchObject(refused)
      disk.setReadOnly(false)
      expect(readdirSync(dataDir).sort()).toEqual(files)
      opened = await openedStore({ runner, dataDir })
      expect(await opened.store.runs.list('ann', { limit: 10 })).toEqual(before)
      // A database that is made again from the files does not know it.
      expect(await opened.store.idempotency.begin('ann', 'evaluate')).toMatchObject({ type: 'answered' })
    })
  },
)

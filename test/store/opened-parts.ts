import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '../../src/limits.ts'
import { BlobFolder } from '../../src/store/blob-folder.ts'
import { makeSeed } from '../../src/store/database/make-seed.ts'
import { openDatabase } from '../../src/store/database/open-database.ts'
import { JobThreads } from '../../src/store/queue/job-threads.ts'
import { openPgBossEngine } from '../../src/store/queue/pg-boss-engine.ts'
import { Watchers } from '../../src/store/runs/watchers.ts'
import type { StoreParts } from '../../src/store/store-parts.ts'
import type { TaskRunner } from '../../src/tasks/runner.ts'
import { limits } from './opened-store.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** What a store is put together from, in a new folder. Nothing is worked on unless a test does it. */
export async function openedParts(
  runner: TaskRunner,
): Promise<StoreParts & { readonly folder: string; close(): Promise<void> }> {
  await makeSeed()
  const folder = mkdtempSync(join(tmpdir(), 'maskscore-parts-'))
  const blobs = new BlobFolder(folder)
  const { sql, close } = await openDatabase(folder, undefined, log)
  const engine = await openPgBossEngine({
    sql,
    onFault: (error) => {
      throw error
    },
  })
  const threads = new JobThreads(runner)
  const watchers = new Watchers(sql)
  const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
  const download = () => Promise.reject(new Error('nothing is downloaded'))
  return {
    ...{ folder, sql, blobs, engine, threads, watchers, runner, context, limits, download, log },
    async close() {
      await engine.stop()
      await threads.close()
      await close()
      rmSync(folder, { recursive: true })
    },
  }
}

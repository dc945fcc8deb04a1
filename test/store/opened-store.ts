import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunResource } from '../../src/evaluations/ports/ports.ts'
import type { Evaluations } from '../../src/evaluations/ports/store-port.ts'
import { defaultLimits } from '../../src/limits.ts'
import { makeSeed } from '../../src/store/database/make-seed.ts'
import { type OpenOptions, openEvaluations } from '../../src/store/open-evaluations.ts'
import type { TaskRunner } from '../../src/tasks/runner.ts'
import { Pool } from '../../src/workers/pool.ts'

const context = { limits: defaultLimits, pngDecoder: 'auto' } as const

export const limits = {
  resultRetention: 3_600_000,
  uploadRetention: 3_600_000,
  maxStoredBytes: 2 ** 30,
  maxEvaluations: 8,
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A pool of threads as the service has one. */
export const poolOf = (threads: number, worker?: URL) =>
  new Pool({ threads, context, workerMemory: 2 ** 28, stuckMs: 60_000, ...(worker && { worker }) })

export interface OpenedStore {
  readonly store: Evaluations
  readonly folder: string
  close(): Promise<void>
}

/** A store in a folder, new unless one is given. */
export async function openedStore(
  options: Partial<OpenOptions> & { readonly runner: TaskRunner },
): Promise<OpenedStore> {
  await makeSeed()
  const folder = options.dataDir ?? mkdtempSync(join(tmpdir(), 'maskscore-store-'))
  const store = await openEvaluations({
    databaseUrl: undefined,
    threads: 2,
    limits,
    context,
    download: () => Promise.reject(new Error('nothing is downloaded')),
    log: silent,
    ...options,
    dataDir: folder,
  })
  return {
    store,
    folder,
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The run as soon as it is over. */
export async function over(store: Evaluations, owner: string, id: string): Promise<RunResource> {
  let run = await store.runs.get(owner, id)
  while (run && run.finished_at === null)
    run = await store.runs.changed(owner, id, run, AbortSignal.timeout(30_000))
  if (!run) throw new Error(`there is no run ${id}`)
  return run
}

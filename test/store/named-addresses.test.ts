import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { datasetZips } from '../evaluations-http/evaluated-service.ts'
import { limits, type OpenedStore, openedStore, over, poolOf } from './opened-store.ts'

const { groundTruth, prediction } = datasetZips(20)
const secret = 'X-Amz-Signature=0123456789abcdef'
const options = { labels: 'classes', on_missing: 'empty', on_broken: 'skip', intervals: 'none' }
const sources = (folder: string) =>
  ({
    // No escape of an address, and no reason to fail.
    groundTruth: { type: 'url', url: `https://files.example/${folder}/gt%zz.zip?${secret}` },
    prediction: { type: 'url', url: `https://files.example/${folder}/pred.zip?${secret}` },
  }) as const

let opened: OpenedStore
const pool = poolOf(1)
const logged: unknown[] = []
const log = (facts: object, text: string) =>
  logged.push(text, JSON.stringify(facts), String(Object.values(facts)))

/** Stands for the network: small files, large ones, and one that never ends. */
async function download(url: string, path: string, signal: AbortSignal): Promise<void> {
  writeFileSync(path, url.includes('gt') ? groundTruth : prediction)
  if (url.includes('large')) writeFileSync(path, Buffer.alloc(300_000))
  if (!url.includes('endless')) return
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
  signal.throwIfAborted()
}

beforeAll(async () => {
  opened = await openedStore({
    runner: pool,
    download,
    limits: { ...limits, maxStoredBytes: 200_000 },
    log: { info: log, warn: log, error: log },
  })
})
afterAll(async () => {
  await opened.close()
  await pool.close()
})

const begin = async (folder: string) => {
  const { id } = await opened.store.runs.create({ owner: 'ann', options, sources: sources(folder) })
  return id
}
const ended = (id: string) => over(opened.store, 'ann', id)
const files = () =>
  ['runs', 'spool', 'trash'].flatMap((name) =>
    readdirSync(join(opened.folder, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )

describe('a run of files that are fetched', () => {
  it('keeps the query of no address, whatever became of it', async () => {
    const runs = [await ended(await begin('small')), await ended(await begin('large'))]
    expect(runs.map(({ state, problem }) => problem?.code ?? state)).toEqual(['done', 'QUOTA_EXCEEDED'])
    const cancelled = await begin('endless')
    await opened.store.runs.cancel('ann', cancelled)
    runs.push(await ended(cancelled))
    expect(JSON.stringify([runs, await opened.store.runs.list('ann', { limit: 10 })])).not.toContain(secret)
    expect(files().filter((path) => readFileSync(path).includes(secret))).toEqual([])
    expect(logged.join()).not.toContain(secret)
  })

  it('is fetched no longer when it is deleted, and leaves nothing', async () => {
    const id = await begin('endless')
    await expect.poll(() => files().some((path) => path.includes(`spool/${id}`))).toBe(true)
    await opened.store.runs.delete('ann', id)
    await expect.poll(() => files().filter((path) => path.includes(id)), { timeout: 5000 }).toEqual([])
  })

  it('is no failed work when it is deleted under the work', async () => {
    for (const state of ['matching', 'running', 'finishing'] as const) {
      const id = await begin('small')
      let run = await opened.store.runs.get('ann', id)
      while (run && run.finished_at === null && run.state !== state)
        run = await opened.store.runs.changed('ann', id, run, AbortSignal.timeout(5000))
      await opened.store.runs.delete('ann', id)
    }
    await ended(await begin('small'))
    await expect.poll(() => readdirSync(join(opened.folder, 'runs')).length, { timeout: 5000 }).toBe(4)
    expect(logged).toEqual([])
  })
})

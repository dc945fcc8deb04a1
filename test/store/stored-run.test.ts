import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import { dataset } from '../evaluations/running/dataset.ts'
import { limits, type OpenedStore, openedStore, over, poolOf } from './opened-store.ts'

const items = 120
const options = { labels: 'classes', on_missing: 'empty', on_broken: 'skip', replicates: 200 }
const { folder } = dataset(items)
const out = mkdtempSync(join(tmpdir(), 'maskscore-out-'))
const sources = {
  groundTruth: { type: 'path', path: join(folder, 'gt'), shown: 'gt' },
  prediction: { type: 'path', path: join(folder, 'pred'), shown: 'pred' },
} as const

let expected: string
let opened: OpenedStore
const pool = poolOf(2)

beforeAll(async () => {
  const terminal = { out: () => undefined, err: () => undefined }
  const args = [join(folder, 'gt'), join(folder, 'pred'), '--options', JSON.stringify(options)]
  await runCommand(
    ['evaluate', ...args, '--out', out, '--progress', 'none', '--allow-failed', '100%'],
    {},
    terminal,
  )
  expected = readFileSync(join(out, 'summary.json'), 'utf8')
  opened = await openedStore({ runner: pool })
})
afterAll(async () => {
  await opened.close()
  await pool.close()
  for (const path of [folder, out]) rmSync(path, { recursive: true })
})

describe('a run in the store', () => {
  it('answers the bytes that the command line answers', async () => {
    const { store } = opened
    const begun = await store.runs.create({ owner: 'ann', name: 'first', options, sources })
    expect(begun).toMatchObject({ state: 'matching', name: 'first', revision: 0 })
    const run = await over(store, 'ann', begun.id)
    expect(run.problem).toBeUndefined()
    expect(run).toMatchObject({ state: 'done', complete: false, progress: { items, done: items } })
    const files = await store.runs.files('ann', begun.id)
    expect(readFileSync(join(files?.folder ?? '', 'summary.json'), 'utf8')).toBe(expected)
    expect(JSON.stringify(run.summary, null, 2)).toBe(expected.trimEnd())
  })

  it('is begun once under one key, whatever process is asked the second time', async () => {
    const { store } = opened
    const claim = await store.idempotency.begin('ann', 'key-1')
    await expect(store.idempotency.begin('ann', 'key-1')).rejects.toMatchObject({
      code: 'IDEMPOTENCY_IN_PROGRESS',
    })
    expect(claim).toMatchObject({ type: 'claimed' })
    const idempotency = { key: 'key-1', fingerprint: 'of the body' }
    const { id } = await store.runs.create({ owner: 'ann', options, sources, idempotency })
    const answered = { type: 'answered', fingerprint: 'of the body', run: id }
    expect(await store.idempotency.begin('ann', 'key-1')).toEqual(answered)
    // Keys of others are others.
    // As by a call that began when the key stood for a run that was deleted since.
    await expect(store.runs.create({ owner: 'ann', options, sources, idempotency })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_IN_PROGRESS',
    })
    expect(await store.idempotency.begin('ann', 'key-1')).toEqual(answered)
    const other = await store.idempotency.begin('bob', 'key-1')
    if (other.type === 'claimed') await other.giveBack()
    expect(await store.idempotency.begin('bob', 'key-1')).toMatchObject({ type: 'claimed' })
    await over(store, 'ann', id)
  })

  it('is kept in a folder that no second process opens', async () => {
    const second = openedStore({ runner: pool, dataDir: opened.folder })
    const remedy = expect.stringContaining('MASKSCORE_DATABASE_URL')
    // It names no path of the service.
    const message = expect.not.stringContaining(opened.folder)
    await expect(second).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', message, remedy })
  })

  it('is nobody else’s: it is not shown, cancelled, deleted or read', async () => {
    const { store } = opened
    const { id } = await store.runs.create({ owner: 'ann', options, sources })
    expect(await store.runs.get('bob', id)).toBeUndefined()
    expect(await store.runs.cancel('bob', id)).toBeUndefined()
    expect(await store.runs.delete('bob', id)).toBe(false)
    expect(await store.runs.files('bob', id)).toBeUndefined()
    expect(await store.runs.access('bob', id)).toBeUndefined()
    expect((await store.runs.list('bob', { limit: 10 })).runs).toEqual([])
    expect(await store.runs.get('ann', "'; drop table maskscore.evaluation; --")).toBeUndefined()
    expect((await over(store, 'ann', id)).state).toBe('done')
  })

  it('is cancelled for good, and gone with its files when it is deleted', async () => {
    const { store, folder: data } = opened
    const { id } = await store.runs.create({ owner: 'ann', options, sources })
    const cancelled = await store.runs.cancel('ann', id)
    expect(cancelled?.state).toBe('cancelled')
    expect((await store.runs.cancel('ann', id))?.revision).toBe(cancelled?.revision)
    expect(existsSync(join(data, 'runs', id))).toBe(true)
    expect(await store.runs.delete('ann', id)).toBe(true)
    expect(existsSync(join(data, 'runs', id))).toBe(false)
    expect(await store.runs.get('ann', id)).toBeUndefined()
  })

  it('fails with what is wrong, and names no path of the service', async () => {
    const { store } = opened
    const path = join(store.uploads.folder, 'upload')
    writeFileSync(path, 'no archive')
    const upload = { type: 'upload', path, name: '../../masks.zip' } as const
    const { id } = await store.runs.create({
      owner: 'ann',
      options,
      sources: { ...sources, prediction: upload },
    })
    const run = await over(store, 'ann', id)
    expect(run).toMatchObject({ state: 'failed', complete: null, problem: { code: 'CORRUPT' } })
    expect(JSON.stringify(run.problem)).not.toContain(opened.folder)
  })

  it('is refused beyond the quotas of its owner, and leaves no file', async () => {
    const { store, folder: data } = await openedStore({
      runner: pool,
      threads: 0,
      limits: { ...limits, maxEvaluations: 1, maxStoredBytes: 10 },
    })
    const path = join(store.uploads.folder, 'upload')
    writeFileSync(path, 'more than ten bytes')
    const upload = { type: 'upload', path, name: 'masks.zip' } as const
    const tooLarge = { owner: 'ann', options, sources: { ...sources, prediction: upload } }
    await expect(store.runs.create(tooLarge)).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' })
    const begun = await store.runs.create({ owner: 'ann', options, sources })
    await expect(store.runs.create({ owner: 'ann', options, sources })).rejects.toMatchObject({
      code: 'QUOTA_EXCEEDED',
    })
    await store.runs.create({ owner: 'bob', options, sources })
    expect(await store.uploads.quota('ann')).toEqual({
      storedBytes: 0,
      maxStoredBytes: 10,
      activeRuns: 1,
      maxActiveRuns: 1,
    })
    expect(readdirSync(join(data, 'runs'))).toHaveLength(2)
    // Another process must not open the same database.
    await expect(openedStore({ runner: pool, dataDir: data })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    })
    expect((await store.runs.get('ann', begun.id))?.state).toBe('matching')
    await store.close()
    rmSync(data, { recursive: true })
  }, 60_000)
})

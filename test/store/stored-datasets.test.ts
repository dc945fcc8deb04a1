import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dataset } from '../evaluations/running/dataset.ts'
import { type OpenedStore, openedStore, over, poolOf } from './opened-store.ts'

const { folder } = dataset(40)
const groundTruth = { type: 'path', path: join(folder, 'gt'), shown: 'gt' } as const
const prediction = { type: 'path', path: join(folder, 'pred'), shown: 'pred' } as const
const pool = poolOf(2)
let opened: OpenedStore

beforeAll(async () => {
  opened = await openedStore({ runner: pool })
}, 120_000)
afterAll(async () => {
  await opened.close()
  await pool.close()
  rmSync(folder, { recursive: true })
})

const settings = {
  classes: { 0: 'sky', 1: 'road', 2: 'car' },
  options: { replicates: 200 },
  submitters: ['bob'],
}

describe('a stored dataset', () => {
  it('is checked once, and ranks the runs of those who may submit, where omission never pays', async () => {
    const { datasets, runs } = opened.store
    await datasets.put('ann', 'street', settings)
    expect(await datasets.addVersion('bob', 'street', groundTruth)).toBeUndefined()
    expect(await datasets.addVersion('ann', 'street', groundTruth)).toMatchObject({
      version: 1,
      state: 'checking',
    })
    // Begun while the ground truth is still checked: it waits.
    const mine = {
      owner: 'bob',
      name: 'unet',
      options: {},
      sources: { prediction, dataset: { name: 'street' } },
    }
    const first = await over(opened.store, 'bob', (await runs.create(mine)).id)
    expect(first).toMatchObject({ state: 'done', complete: true, dataset: { name: 'street', version: 1 } })
    expect(first.options).toMatchObject({ on_missing: 'empty', on_broken: 'empty' })
    const perfect = {
      owner: 'ann',
      options: {},
      sources: { prediction: groundTruth, dataset: { name: 'street' } },
    }
    await over(opened.store, 'ann', (await runs.create(perfect)).id)

    const seen = await datasets.get('ann', 'street')
    expect(seen?.versions[0]).toMatchObject({
      state: 'ready',
      items: 40,
      report: { items: 40, unreadable: [] },
    })
    const classes = seen?.versions[0].report?.classes ?? []
    expect(classes.map(({ name }) => name)).toEqual(['sky', 'road', 'car'])
    expect(classes.reduce((sum, { pixels }) => sum + pixels, 0)).toBe(40 * 64)
    // Who submits sees no keys of the ground truth.
    expect((await datasets.get('bob', 'street'))?.versions[0].report).toBeNull()

    const board = await datasets.leaderboard('bob', 'street')
    expect(board).toMatchObject({ dataset: 'street', version: 1, primary: 'mi_loss' })
    expect(board?.entries.map(({ rank, submitter }) => [rank, submitter])).toEqual([
      [1, 'ann'],
      [2, 'bob'],
    ])
    let intervals = board?.entries.map(({ rank_interval }) => rank_interval)
    while (intervals?.includes(null)) {
      await sleep(50)
      intervals = (await datasets.leaderboard('bob', 'street'))?.entries.map((entry) => entry.rank_interval)
    }
    expect(intervals).toEqual([
      [1, 1],
      [2, 2],
    ])
    expect(await runs.access('bob', first.id)).toEqual({ owner: 'bob', items: false })
    expect(await runs.access('ann', first.id)).toEqual({ owner: 'bob', items: true })
    expect(await runs.access('eve', first.id)).toBeUndefined()
  }, 60_000)

  it('decides the options of runs against it, and is nobody else’s', async () => {
    const { datasets, runs } = opened.store
    const against = (owner: string, options: object) => ({
      owner,
      options: { ...options },
      sources: { prediction, dataset: { name: 'street' } },
    })
    await expect(runs.create(against('bob', { on_missing: 'skip' }))).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      errors: [{ pointer: '/options/on_missing' }],
    })
    await expect(runs.create(against('eve', {}))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await datasets.get('eve', 'street')).toBeUndefined()
    expect(await datasets.leaderboard('eve', 'ann/street')).toBeUndefined()
    expect(await datasets.delete('bob', 'street')).toBe(false)
    expect(await datasets.delete('ann', 'street')).toBe(true)
    expect(await datasets.get('ann', 'street')).toBeUndefined()
  })
})

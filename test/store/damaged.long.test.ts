import { globSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { finishStoredRun } from '../../src/evaluations/running/finish-stored-run.ts'
import type { OpenOptions } from '../../src/store/open-evaluations.ts'
import { dataset } from '../evaluations/running/dataset.ts'
import { type OpenedStore, openedStore, over, poolOf } from './opened-store.ts'

const { folder } = dataset(40)
const groundTruth = { type: 'path', path: join(folder, 'gt'), shown: 'gt' } as const
const prediction = { type: 'path', path: join(folder, 'pred'), shown: 'pred' } as const
const options = { labels: 'classes', on_missing: 'empty', on_broken: 'skip', replicates: 200 }
const pool = poolOf(2)
let told: string[] = []
const log: OpenOptions['log'] = {
  info: () => undefined,
  warn: (_, text) => told.push(text),
  error: (_, text) => told.push(text),
}
let opened: OpenedStore
let ids: Record<'plain' | 'against' | 'damaged', string>

beforeAll(async () => {
  opened = await openedStore({ runner: pool, log })
  const { datasets, runs } = opened.store
  await datasets.put('ann', 'street', { classes: { 0: 'sky', 1: 'road', 2: 'car' }, submitters: ['bob'] })
  await datasets.addVersion('ann', 'street', groundTruth)
  const sources = { groundTruth, prediction }
  const begun = [
    await runs.create({ owner: 'ann', options, sources }),
    await runs.create({
      owner: 'bob',
      options: {},
      sources: { prediction, dataset: { name: 'street' } },
    }),
    await runs.create({ owner: 'ann', options, sources }),
  ]
  const [plain, against, damaged] = begun.map(({ id }) => id)
  ids = { plain, against, damaged }
  for (const [index, { id }] of begun.entries()) await over(opened.store, index === 1 ? 'bob' : 'ann', id)
})
afterAll(async () => {
  await opened.close()
  await pool.close()
  rmSync(folder, { recursive: true })
})

/** Closes the store, does something to its files, and opens it again. */
async function openedAgain(meanwhile: () => void): Promise<void> {
  await opened.store.close()
  meanwhile()
  told = []
  opened = await openedStore({ runner: pool, log, dataDir: opened.folder })
}

const pathIn = (id: string, ...names: string[]) => join(opened.folder, 'runs', id, ...names)
const shardOf = (id: string) => pathIn(id, 'shards', readdirSync(pathIn(id, 'shards'))[0])
/** As a power failure leaves it: a part was never written. */
const garbled = (path: string) => {
  const bytes = readFileSync(path)
  bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 64)
  writeFileSync(path, bytes)
}

/** All that callers see, but for times. */
async function seen() {
  const { runs, datasets } = opened.store
  const shown = async (owner: string, id: string) => {
    const { state, complete, summary, options, headline } = (await runs.get(owner, id)) ?? {}
    return { state, complete, summary, options, headline }
  }
  const board = await datasets.leaderboard('bob', 'ann/street')
  return {
    plain: await shown('ann', ids.plain),
    against: await shown('bob', ids.against),
    damaged: await shown('ann', ids.damaged),
    board: board?.entries.map(({ submitter, rank, scores }) => ({ submitter, rank, scores })),
    versions: (await datasets.get('ann', 'street'))?.versions.map(({ created_at: _, ...version }) => version),
  }
}

describe('a store that is damaged', () => {
  it('sets a database aside that cannot be opened, says so, and shows everybody the same as before', async () => {
    const before = await seen()
    expect(before.plain.state).toBe('done')
    await openedAgain(() =>
      writeFileSync(join(opened.folder, 'pglite/global/pg_control'), Buffer.alloc(8192, 0xa5)),
    )
    expect(told).toContain('the embedded database was damaged and is set aside')
    expect(told).toContain('the database knew no evaluation and was made again from the files')
    expect(globSync(join(opened.folder, 'pglite.damaged-*'))).toHaveLength(1)
    expect(await seen()).toEqual(before)
  })

  it('makes again what it can of runs whose files are damaged, with the same scores', async () => {
    const before = await seen()
    await openedAgain(() => {
      garbled(pathIn(ids.damaged, 'summary.json'))
      garbled(shardOf(ids.plain))
      writeFileSync(pathIn(ids.against, 'plan.json'), '{"items": ')
      for (const id of [ids.plain, ids.against]) rmSync(pathIn(id, 'summary.json'))
      // A database without its version is no new one.
      rmSync(join(opened.folder, 'pglite/PG_VERSION'))
    })
    expect(told).toContain('the embedded database was damaged and is set aside')
    expect(told.filter((text) => text === 'a file of an evaluation is damaged')).toHaveLength(3)
    for (const [owner, id] of [
      ['ann', ids.damaged],
      ['ann', ids.plain],
      ['bob', ids.against],
    ])
      await over(opened.store, owner, id)
    expect(await seen()).toEqual(before)
  })

  it.each([
    ['garbled', garbled],
    [
      'cut off',
      (path: string) => writeFileSync(path, readFileSync(path).subarray(0, readFileSync(path).length >> 1)),
    ],
    ['not there', (path: string) => rmSync(path)],
  ])('finishes no run whose rows are %s', async (_, damage) => {
    const path = shardOf(ids.damaged)
    const [rows, summary] = [path, pathIn(ids.damaged, 'summary.json')].map((file) => readFileSync(file))
    damage(path)
    const finishing = finishStoredRun({ folder: pathIn(ids.damaged), files: [path] }, pool)
    await expect(finishing).rejects.toMatchObject({ code: 'RESULTS_DAMAGED' })
    expect(readFileSync(pathIn(ids.damaged, 'summary.json'))).toEqual(summary)
    writeFileSync(path, rows)
  })

  it('says so of the run that is asked for, and sets it aside when its record is damaged', async () => {
    garbled(pathIn(ids.damaged, 'summary.json'))
    garbled(pathIn(ids.damaged, 'plan.json'))
    const damaged = { code: 'RESULTS_DAMAGED', remedy: 'Evaluate the dataset again.' }
    const { runs } = opened.store
    await expect(runs.get('ann', ids.damaged)).rejects.toMatchObject(damaged)
    await expect(runs.files('ann', ids.damaged)).rejects.toMatchObject(damaged)
    await expect(runs.comparison('ann', ids.plain, ids.damaged)).rejects.toMatchObject(damaged)
    const plain = await runs.get('ann', ids.plain)
    await openedAgain(() => {
      writeFileSync(pathIn(ids.damaged, 'run.json'), 'null')
      rmSync(join(opened.folder, 'pglite'), { recursive: true })
    })
    expect(told).toContain('an evaluation is damaged and is set aside')
    expect(readdirSync(join(opened.folder, 'damaged'))).toEqual([ids.damaged])
    expect(await opened.store.runs.get('ann', ids.damaged)).toBeUndefined()
    expect((await opened.store.runs.get('ann', ids.plain))?.summary).toEqual(plain?.summary)
  })
})

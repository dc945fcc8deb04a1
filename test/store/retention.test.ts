import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunSource } from '../../src/evaluations/ports/ports.ts'
import { StoredDatasets } from '../../src/store/datasets/stored-datasets.ts'
import { quotaOf } from '../../src/store/runs/quota.ts'
import { StoredRuns } from '../../src/store/runs/stored-runs.ts'
import { StoredIdempotency } from '../../src/store/stored-idempotency.ts'
import { sweep } from '../../src/store/sweep.ts'
import { openedParts } from './opened-parts.ts'
import { limits, poolOf } from './opened-store.ts'

const pool = poolOf(1)
let parts: Awaited<ReturnType<typeof openedParts>>
let runs: StoredRuns
beforeAll(async () => {
  parts = await openedParts(pool)
  runs = new StoredRuns(parts)
})
afterAll(async () => {
  await parts.close()
  await pool.close()
})

const content = 'ten bytes.'
const uploaded = (name: string): RunSource => {
  const path = join(parts.blobs.spool, name)
  writeFileSync(path, content)
  return { type: 'upload', path, name: `${name}.zip` }
}

/** A run that ended so many seconds ago and expires in so many; undefined: it goes on. */
async function ended(
  name: string,
  times?: { readonly ago: number; readonly expiresIn: number },
  sources = { groundTruth: uploaded(`${name}-gt`), prediction: uploaded(`${name}-pred`) },
) {
  const { id } = await runs.create({ owner: 'ann', name, options: {}, sources })
  if (times)
    await parts.sql.query(
      `update maskscore.evaluation set state = 'done', items = 1, finished_at = now() - $2 * interval '1 second',
         expires_at = now() + $3 * interval '1 second' where id = $1`,
      [id, times.ago, times.expiresIn],
    )
  return id
}

const old = new Date(Date.now() - 2 * 86_400_000)

/** A file or folder of two days ago, and one of now. */
function twoAges(folder: string, make: (path: string) => void): void {
  for (const name of ['old', 'fresh']) make(join(folder, name))
  utimesSync(join(folder, 'old'), old, old)
}

describe('what has expired', () => {
  it('is removed, of each kind, and all else stays', async () => {
    const hour = 3600
    const goesOn = await ended('goes on')
    const fresh = await ended('fresh', { ago: 10, expiresIn: hour })
    const withoutUploads = await ended('without uploads', { ago: 2 * hour, expiresIn: hour })
    const ofRoot: RunSource = { type: 'path', path: parts.folder, shown: 'data' }
    const readInPlace = await ended(
      'read in place',
      { ago: 2 * hour, expiresIn: hour },
      { groundTruth: ofRoot, prediction: ofRoot },
    )
    const expired = await ended('expired', { ago: 3 * hour, expiresIn: -1 })
    const { blobs, sql } = parts
    twoAges(blobs.spool, (path) => writeFileSync(path, 'of nobody'))
    // Of runs that never came into the database.
    twoAges(blobs.runs, (path) => mkdirSync(path))
    const idempotency = new StoredIdempotency(sql)
    for (const key of ['old', 'fresh'])
      await sql.query(
        `insert into maskscore.idempotency(owner, key, fingerprint, evaluation, created_at)
         values ('ann', $1, 'of the body', $2, now() - $3 * interval '1 hour')`,
        [key, fresh, key === 'old' ? 25 : 23],
      )
    // The second finds nothing more.
    for (let time = 0; time < 2; time++) await sweep({ sql, blobs, limits })

    expect(await runs.get('ann', expired)).toBeUndefined()
    // Who could see it is told when it expired; for all others, and once it is long ago, there never was one.
    const [{ at }] = await sql.query<{ at: Date }>(
      'select expired_at as at from maskscore.expired where evaluation = $1',
      [expired],
    )
    const gone = {
      code: 'GONE',
      message: expect.stringContaining(at.toISOString()),
      remedy: expect.stringMatching(/^Evaluate/),
    }
    await expect(runs.access('ann', expired)).rejects.toMatchObject(gone)
    expect(await runs.access('bob', expired)).toBeUndefined()
    await sql.query(`update maskscore.expired set expired_at = now() - interval '91 days'`)
    await sweep({ sql, blobs, limits })
    expect(await runs.access('ann', expired)).toBeUndefined()
    expect(await sql.query('select 1 from maskscore.blob where evaluation = $1', [expired])).toEqual([])
    expect(readdirSync(blobs.runs).sort()).toEqual(
      [goesOn, fresh, withoutUploads, readInPlace, 'fresh'].sort(),
    )
    expect(readdirSync(join(parts.folder, 'trash'))).toEqual([])
    expect(readdirSync(blobs.spool)).toEqual(['fresh'])
    const uploads = (id: string) => existsSync(join(blobs.run(id), 'sources'))
    expect([goesOn, fresh, withoutUploads].map(uploads)).toEqual([true, true, false])
    const dropped = await sql.query<{ id: string }>('select id from maskscore.evaluation where sources_gone')
    expect(dropped).toEqual([{ id: withoutUploads }])
    // What is removed uses up no quota.
    expect((await quotaOf(sql, 'ann', limits)).storedBytes).toBe(4 * content.length)

    const { finished_at } =
      (await runs.list('ann', { limit: 10 })).runs.find(({ id }) => id === withoutUploads) ?? {}
    const until = new Date(Date.parse(`${finished_at}`) + limits.uploadRetention).toISOString()
    await expect(runs.item('ann', withoutUploads, 0)).rejects.toMatchObject({
      code: 'GONE',
      message: expect.stringContaining(until),
    })
    const keys = await sql.query<{ key: string }>('select key from maskscore.idempotency')
    expect(keys).toEqual([{ key: 'fresh' }])
    expect(await idempotency.begin('ann', 'fresh')).toMatchObject({ type: 'answered', run: fresh })
  })

  it('is counted on the leaderboard that it stood on, and told to all who could see it', async () => {
    const { blobs, sql } = parts
    const datasets = new StoredDatasets(parts)
    await datasets.put('eve', 'street', { submitters: ['ann', 'bob'] })
    const stood = await ended('stood', { ago: 7200, expiresIn: -1 })
    await sql.query(
      `update maskscore.evaluation set dataset_owner = 'eve', dataset = 'street', version = 1 where id = $1`,
      [stood],
    )
    await sql.query(
      `insert into maskscore.dataset_version(owner, name, version, evaluation, state) values ('eve', 'street', 1, $1, 'ready')`,
      [stood],
    )
    await sql.query(
      `insert into maskscore.entry(owner, name, version, evaluation, submitter, scores, complete)
       values ('eve', 'street', 1, $1, 'ann', '{}', true)`,
      [stood],
    )
    await sweep({ sql, blobs, limits })
    expect(await datasets.leaderboard('bob', 'street')).toMatchObject({ entries: [], expired: 1 })
    for (const caller of ['ann', 'bob', 'eve'])
      await expect(runs.access(caller, stood)).rejects.toMatchObject({ code: 'GONE' })
    expect(await runs.access('mallory', stood)).toBeUndefined()
    await datasets.delete('eve', 'street')
    await expect(runs.access('ann', stood)).rejects.toMatchObject({ code: 'GONE' })
    expect(await runs.access('bob', stood)).toBeUndefined()
  })

  it('is removed in the next sweep where one was interrupted', async () => {
    const { blobs, sql } = parts
    const flagged = await ended('flagged', { ago: 7200, expiresIn: 3600 })
    await sql.query('update maskscore.evaluation set sources_gone = true where id = $1', [flagged])
    const discarded = await ended('discarded', { ago: 7200, expiresIn: -1 })
    await blobs.discard(discarded)
    await sweep({ sql, blobs, limits })
    expect(existsSync(join(blobs.run(flagged), 'sources'))).toBe(false)
    expect(await runs.get('ann', discarded)).toBeUndefined()
    expect(readdirSync(join(parts.folder, 'trash'))).toEqual([])
  })
})

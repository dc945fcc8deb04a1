import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeSeed } from '../../src/store/database/make-seed.ts'
import { openPglite } from '../../src/store/database/pglite.ts'
import { seedPath } from '../../src/store/database/seed.ts'
import { shortenLog } from '../../src/store/database/shorten-log.ts'
import type { Sql } from '../../src/store/database/sql.ts'
import { noSmallDisk, SmallDisk } from './small-disk.ts'

beforeAll(makeSeed, 120_000)

const MB = 2 ** 20
const writeLog = (sql: Sql, megabytes: number) =>
  sql.query(
    `select pg_logical_emit_message(false, 'test', repeat('x', ${MB})) from generate_series(1, $1::int)`,
    [megabytes],
  )

describe('the embedded database', () => {
  it('keeps its log short, however much is written, and one segment more than it needs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'maskscore-log-'))
    const sql = await openPglite({ folder: join(folder, 'pg'), seed: seedPath(), onFault: () => undefined })
    const megabytes = async () => {
      const [{ bytes }] = await sql.query<{ bytes: number }>(
        'select sum(size)::float8 as bytes from pg_ls_waldir()',
      )
      return bytes / MB
    }
    for (let time = 0; time < 8; time++) {
      await writeLog(sql, 10)
      await shortenLog(sql, folder)
      expect(await megabytes()).toBeGreaterThanOrEqual(32)
    }
    expect(await megabytes()).toBeLessThanOrEqual(64)
    await sql.close()
    rmSync(folder, { recursive: true })
  })

  it.skipIf(noSmallDisk !== undefined)(
    `that a full disk has ended is opened anew when there is room, with all that it said it keeps${noSmallDisk ? ` (skipped: ${noSmallDisk})` : ''}`,
    async () => {
      const disk = new SmallDisk(100)
      const faults: Error[] = []
      const folder = join(disk.folder, 'pg')
      const sql = await openPglite({ folder, seed: seedPath(), onFault: (error) => faults.push(error) })
      try {
        await sql.query(`insert into maskscore.idempotency(owner, key) values ('ann', 'kept')`)
        disk.fill()
        // More than what is left of its log.
        await expect(writeLog(sql, 20)).rejects.toMatchObject({ code: 'STORAGE_FULL' })
        const keys = () => sql.query('select key from maskscore.idempotency')
        await expect(keys()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
        // Nothing is done twice, or half, in the database that is opened meanwhile.
        await expect(sql.transaction((within) => within.query('select 1'))).rejects.toMatchObject({
          code: 'STORE_UNAVAILABLE',
        })
        disk.free()
        expect(await keys()).toEqual([{ key: 'kept' }])
        expect(faults).toHaveLength(1)
        await sql.query(`insert into maskscore.idempotency(owner, key) values ('ann', 'later')`)
        expect(await keys()).toHaveLength(2)
      } finally {
        await sql.close()
        disk.remove()
      }
    },
  )

  it('that does not answer in time is ended and opened anew', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'maskscore-late-'))
    const sql = await openPglite({
      folder: join(folder, 'pg'),
      seed: seedPath(),
      answerMs: 3000,
      onFault: () => undefined,
    })
    const endless = sql.query(
      'with recursive r(n) as (select 1 union all select n from r) select max(n) from r',
    )
    await expect(endless).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(await sql.query('select 1 as one')).toEqual([{ one: 1 }])
    await sql.close()
    rmSync(folder, { recursive: true })
  })
})

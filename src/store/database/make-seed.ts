import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { openPgBossEngine } from '../queue/pg-boss-engine.ts'
import { migrate } from './migrations/migrate.ts'
import { seedFile, seedPath } from './seed.ts'
import type { Sql } from './sql.ts'

/** Makes the seed of embedded databases, with all tables, where there is none of this version. */
export async function makeSeed(): Promise<void> {
  if (seedPath() !== undefined) return
  const database = await PGlite.create()
  const sql: Sql = {
    async query<Row>(text: string, values?: readonly unknown[]) {
      if (values && values.length > 0) return (await database.query<Row>(text, [...values])).rows
      const results = await database.exec(text)
      return results.flatMap(({ rows }) => rows as Row[])
    },
    // Nobody else asks it anything.
    transaction: (work) => work(sql),
    close: () => database.close(),
  }
  await migrate(sql)
  const engine = await openPgBossEngine({
    sql,
    onFault: (error) => {
      throw error
    },
  })
  await engine.stop()
  const dump = await database.dumpDataDir('gzip')
  await sql.close()
  mkdirSync(dirname(seedFile), { recursive: true })
  const fresh = `${seedFile}.${process.pid}`
  writeFileSync(fresh, Buffer.from(await dump.arrayBuffer()))
  renameSync(fresh, seedFile)
}

import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { seedFile, seedPath } from './seed.ts'

/** Makes the seed of embedded databases, where there is none of this version. */
export async function makeSeed(): Promise<void> {
  if (seedPath() !== undefined) return
  const database = await PGlite.create()
  const dump = await database.dumpDataDir('gzip')
  await database.close()
  mkdirSync(dirname(seedFile), { recursive: true })
  const fresh = `${seedFile}.${process.pid}`
  writeFileSync(fresh, Buffer.from(await dump.arrayBuffer()))
  renameSync(fresh, seedFile)
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import packageJson from '../../../package.json' with { type: 'json' }
import { migrations } from './migrations/migrate.ts'

const { '@electric-sql/pglite': pglite, 'pg-boss': queue } = packageJson.dependencies

/**
 * A new embedded database in a file, which is unpacked in less than a second. Making one anew takes seconds and some 600 MB, so
 * that the image brings it along; elsewhere `npm run seed` makes it once. Another version of the database, the queue or the
 * tables needs another.
 */
export const seedFile = join(
  import.meta.dirname,
  '../../../node_modules/.cache/maskscore',
  `pglite-${pglite}-${queue}-${migrations.length}.tar.gz`,
)

/** Undefined: there is none, and the database is made anew. */
export const seedPath = (): string | undefined => (existsSync(seedFile) ? seedFile : undefined)

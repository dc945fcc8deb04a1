import { Refusal } from '../problems/refusal.ts'
import { loadSettings } from '../settings/settings.ts'
import type { Command, Terminal } from './command.ts'

export const storeCommand: Command = {
  usage: 'check | seed',
  summary: 'looks after the store of evaluations',
  details: `  check   opens the database, brings its tables to the form of this version, and tells what it holds
  seed    makes the file from which a new embedded database is unpacked, so that the service need not make one`,
  async run([action], env, terminal) {
    if (action === 'seed') {
      const { makeSeed } = await import('../store/database/make-seed.ts')
      await makeSeed()
      return 0
    }
    if (action !== 'check') throw new Refusal('MISSING_PART', 'Say what is to be done: check or seed.')
    return check(env, terminal)
  },
}

async function check(env: NodeJS.ProcessEnv, terminal: Terminal): Promise<0> {
  const { dataDir, databaseUrl } = loadSettings(env)
  if (dataDir === undefined)
    throw new Refusal('MISSING_PART', 'Set MASKSCORE_DATA_DIR to the folder of the store.')
  const { openDatabase } = await import('../store/database/open-database.ts')
  const log = (_: object, text: string) => terminal.err(text)
  const { sql, close } = await openDatabase(dataDir, databaseUrl, { info: log, warn: log, error: log })
  try {
    const rows = await sql.query<{ state: string; runs: number }>(
      'select state, count(*)::int as runs from maskscore.evaluation group by state order by state',
    )
    for (const { state, runs } of rows) terminal.out(`${state} ${runs}`)
    if (rows.length === 0) terminal.out('no evaluations')
  } finally {
    await close()
  }
  return 0
}

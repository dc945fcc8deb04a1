import { hostname } from 'node:os'
import { Refusal } from '../problems/refusal.ts'
import { loadSettings, type Settings, scoringContext } from '../settings/settings.ts'
import { Pool } from '../workers/pool.ts'
import type { Command, Terminal } from './command.ts'

export const workCommand: Command = {
  usage: '',
  summary: 'works on the evaluations of a service on other machines, until it is stopped',
  details: `Takes shards from the PostgreSQL of MASKSCORE_DATABASE_URL and scores them with MASKSCORE_EVALUATION_THREADS threads (else
MASKSCORE_THREADS). MASKSCORE_DATA_DIR is the folder that the service uses too; data roots are read at the same paths.
SIGTERM ends it after the items in work; what it leaves is taken by others.`,
  async run(_args, env, terminal) {
    const settings = loadSettings(env)
    const { databaseUrl, dataDir } = settings
    if (databaseUrl === undefined || dataDir === undefined)
      throw new Refusal(
        'MISSING_PART',
        'Workers need MASKSCORE_DATABASE_URL and MASKSCORE_DATA_DIR, which they share with the service.',
      )
    await work(settings, terminal)
    return 0
  },
}

async function work(settings: Settings, terminal: Terminal): Promise<void> {
  const threads = settings.evaluationThreads || settings.threads
  const context = scoringContext(settings)
  const log = logTo(terminal)
  const runner = new Pool({
    threads,
    context,
    workerMemory: settings.workerMemory,
    stuckMs: 2 * settings.requestTimeout,
    onFault: (error) => log.warn({ err: error }, 'a worker thread died'),
  })
  const { openEvaluations } = await import('../store/open-evaluations.ts')
  const { downloader } = await import('../evaluations/sources/https/download.ts')
  const { databaseUrl, dataDir, sourceHosts } = settings
  const download = downloader({ hosts: sourceHosts, maxBytes: settings.maxArchiveBytes })
  try {
    const store = await openEvaluations({
      databaseUrl,
      dataDir,
      threads,
      limits: settings,
      context,
      runner,
      download,
      log,
    })
    log.info({ host: hostname(), threads }, 'working')
    await interrupted(terminal)
    log.info({}, 'stopping after the items in work')
    await store.close()
  } finally {
    await runner.close()
  }
}

/** Resolves when the user or the system wants an end. */
const interrupted = (terminal: Terminal): Promise<void> =>
  new Promise((resolve) => {
    // Nothing else may keep the process: the database is asked by timers that do not.
    const alive = setInterval(() => undefined, 60_000)
    terminal.onInterrupt?.(() => {
      clearInterval(alive)
      resolve()
    })
  })

/** Log lines as the service writes them: one JSON object a line. */
function logTo(terminal: Terminal) {
  const write = (level: string) => (facts: object, text: string) => {
    const plain = Object.entries(facts).map(([name, value]) => [
      name,
      value instanceof Error ? value.message : value,
    ])
    terminal.err(
      JSON.stringify({ level, time: new Date().toISOString(), ...Object.fromEntries(plain), msg: text }),
    )
  }
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

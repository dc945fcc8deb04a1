import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import type { Evaluations } from './evaluations/ports/store-port.ts'
import { type Settings, scoringContext } from './settings/settings.ts'
import type { TaskRunner } from './tasks/runner.ts'

/** Loads and opens the store of evaluations: its database, its queue, its files. */
export async function openStore(
  settings: Settings,
  runner: TaskRunner,
  log: FastifyBaseLogger,
): Promise<Evaluations> {
  const { sourceHosts: hosts, maxArchiveBytes: maxBytes, dataDir, databaseUrl, threads } = settings
  const { openEvaluations } = await import('./store/open-evaluations.ts')
  const { downloader } = await import('./evaluations/sources/https/download.ts')
  return openEvaluations({
    dataDir,
    databaseUrl,
    threads: settings.evaluationThreads ?? Math.max(1, Math.floor(threads / 2)),
    limits: settings,
    context: scoringContext(settings),
    runner,
    download: downloader({ hosts, maxBytes }),
    log,
  })
}

/** Runs may wait for this process: those of a database that others share, and those of a process that ended. */
export const opensAtStart = ({ dataDir, databaseUrl }: Settings): boolean =>
  databaseUrl !== undefined || (dataDir !== undefined && existsSync(join(dataDir, 'pglite')))

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { maskscore } from '../service/commands.ts'
import { type RunningServer, startServer } from '../service/server-process.ts'

/** A service whose evaluations read a data root named `pairs`, with a new data folder. */
export interface EvaluatingService extends RunningServer {
  readonly url: string
  readonly dataDir: string
}

/** @param settings beside the data folder and the root */
export async function startEvaluating(
  root: string,
  settings: Readonly<Record<string, string>>,
): Promise<EvaluatingService> {
  const dataDir = mkdtempSync(join(tmpdir(), 'maskscore-bench-data-'))
  const places = { MASKSCORE_DATA_DIR: dataDir, MASKSCORE_DATA_ROOTS: `pairs:${root}` }
  const server = await startServer(maskscore({ ...places, ...settings }))
  return {
    ...server,
    url: `http://127.0.0.1:${server.port}`,
    dataDir,
    async stop() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

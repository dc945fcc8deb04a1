import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { lowerPriority } from '../../tasks/lower-priority.ts'
import { embeddedProgram } from './embedded-program.ts'
import type { PgliteAnswer, PgliteFailure, PgliteQuestion } from './pglite-session.ts'
import { versionName } from './version-name.ts'

/** The thread of the embedded database, which would block whatever else its thread does. */
const { folder, seed } = workerData as { folder: string; seed?: string }
const isNew = !existsSync(join(folder, versionName))
const database = await PGlite.create({
  pgliteWasmModule: embeddedProgram(),
  dataDir: folder,
  startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
  ...(isNew && seed !== undefined && { loadDataDir: new Blob([readFileSync(seed)]) }),
})

// Scores come first: each shard keeps the database busy for some milliseconds, in which a call would wait for a core. Not before it is
// open: while others call that takes seconds, and somebody waits for it.
lowerPriority(10)

async function answerTo({ id, text, values }: PgliteQuestion): Promise<PgliteAnswer> {
  try {
    if (values && values.length > 0) {
      const { rows } = await database.query(text, [...values])
      return { id, rows }
    }
    const results = await database.exec(text)
    return { id, rows: results.flatMap(({ rows }) => rows) }
  } catch (error) {
    const { message, code, severity } = error as PgliteFailure
    return { id, failure: { message, ...(code && { code }), ...(severity && { severity }) } }
  }
}

parentPort?.on('message', async (question: PgliteQuestion | 'close') => {
  if (question === 'close') {
    await database.close()
    parentPort?.postMessage('closed')
    return
  }
  parentPort?.postMessage(await answerTo(question))
})
parentPort?.postMessage('open')

import { existsSync } from 'node:fs'
import { workerData } from 'node:worker_threads'

/** A worker that cannot start while the file exists which the environment names; the task `exit` ends it. */
if (existsSync(process.env.FAIL_AT_START ?? '')) throw new Error('cannot start')

export default async function work({ body }: { body: { bytes: Uint8Array } }) {
  if (new TextDecoder().decode(body.bytes) === 'exit') process.exit(1)
  return { ok: true, limits: workerData.context.limits }
}

import { resourceLimits } from 'node:worker_threads'
import type { Outcome } from '../../src/scoring/task.ts'

/** A worker for tests: answers the limits of its heap. */
export default async function work(): Promise<Outcome> {
  return {
    ok: true,
    contentType: 'application/json',
    body: new TextEncoder().encode(JSON.stringify(resourceLimits)),
    etag: '""',
    times: { decode: 0, count: 0, metrics: 0, serialise: 0 },
    facts: {},
  }
}

import { constants, PerformanceObserver } from 'node:perf_hooks'
import { setImmediate as soon } from 'node:timers/promises'
import type { Outcome } from '../../src/scoring/task.ts'

/** A worker for tests: leaves 40 MB of buffers behind, and answers how often all of its heap was searched for them. */
export default async function work(): Promise<Outcome> {
  let collections = 0
  const observer = new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries() as unknown as { detail: { kind: number } }[])
      if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) collections++
  })
  observer.observe({ entryTypes: ['gc'] })
  for (let k = 0; k < 40; k++) {
    new Float64Array(2 ** 17).fill(k)
    await soon()
  }
  await soon()
  observer.disconnect()
  return {
    ok: true,
    contentType: 'application/json',
    body: new TextEncoder().encode(JSON.stringify({ collections })),
    etag: '""',
    times: { decode: 0, count: 0, metrics: 0, serialise: 0 },
    facts: {},
  }
}

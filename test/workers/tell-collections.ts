import { constants, PerformanceObserver } from 'node:perf_hooks'
import { setImmediate as soon } from 'node:timers/promises'
import { telling } from './telling.ts'

/** A worker for tests: leaves 40 MB of buffers behind, and answers how often all of its heap was searched for them. */
export default async function work() {
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
  return telling({ collections })
}

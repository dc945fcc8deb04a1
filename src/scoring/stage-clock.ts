/** Adds up how long each stage takes, on the monotonic clock. */
export class StageClock {
  readonly times = { decode: 0, count: 0, metrics: 0, serialise: 0 }

  run<T>(stage: keyof StageClock['times'], work: () => T): T {
    const start = performance.now()
    const stop = () => {
      this.times[stage] += performance.now() - start
    }
    const result = work()
    if (result instanceof Promise) return result.finally(stop) as T
    stop()
    return result
  }
}

import { availableParallelism } from 'node:os'

/** How many threads libuv takes by itself, and how many at most. */
const [minThreads, maxThreads] = [4, 1024]

/**
 * Sizes libuv's thread pool, where sharp decodes for all workers: both masks of a pair beside each other for every
 * worker, so that no decode waits for another request's. Libuv reads the variable when the pool is first used, so
 * this must run before the program is loaded. A size that the operator set stays.
 */
export function sizeThreadPool(env: NodeJS.ProcessEnv): void {
  // Settings are not loaded yet, and what is no number is their business to refuse.
  const workers = Number(env.MASKSCORE_THREADS) || availableParallelism()
  env.UV_THREADPOOL_SIZE ||= String(Math.min(maxThreads, Math.max(minThreads, 2 * Math.ceil(workers))))
}

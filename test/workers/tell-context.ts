import { workerData } from 'node:worker_threads'
import { telling } from './telling.ts'

/** A worker for tests: answers the context that the pool gave it. */
export default async function work() {
  return telling(workerData.context)
}

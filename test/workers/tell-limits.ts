import { resourceLimits } from 'node:worker_threads'
import { telling } from './telling.ts'

/** A worker for tests: answers the limits of its heap. */
export default async function work() {
  return telling(resourceLimits)
}

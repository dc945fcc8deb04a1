import { workerData } from 'node:worker_threads'
import { givingWay } from '../../src/workers/give-way.ts'
import type { WorkerData } from '../../src/workers/threads.ts'
import { telling } from './telling.ts'

let rests = 0
const giveWay = givingWay((workerData as WorkerData).calls, () => rests++)

/** A worker for tests: answers how often it rested in some milliseconds of work. */
export default async function work() {
  rests = 0
  const start = performance.now()
  while (performance.now() - start < 5) giveWay()
  return telling(rests)
}

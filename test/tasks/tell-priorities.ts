import { once } from 'node:events'
import { getPriority, setPriority } from 'node:os'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { lowerPriority } from '../../src/tasks/lower-priority.ts'

/** A program for tests: takes the priority that its arguments name first, and has a thread lower its own by the second. */
const [own, steps] = process.argv.slice(2).map(Number)
if (isMainThread) {
  setPriority(own)
  const [thread] = await once(new Worker(new URL(import.meta.url), { argv: [own, steps] }), 'message')
  process.stdout.write(JSON.stringify({ main: getPriority(), thread }))
} else {
  lowerPriority(steps)
  parentPort?.postMessage(getPriority())
}

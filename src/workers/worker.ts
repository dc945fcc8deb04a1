import { setPriority } from 'node:os'
import { workerData } from 'node:worker_threads'
import type { ScoringContext } from '../scoring/context.ts'
import type { Outcome, Task } from '../scoring/task.ts'
import { perform } from './perform.ts'

const { context } = workerData as { context: ScoringContext }

// Probes and refusals are to be answered at once also when all cores score. On Linux alone is a priority the
// calling thread's own.
if (process.platform === 'linux') setPriority(5)

/** One task, on this thread from its compressed bytes to its finished answer. */
export default function work(task: Task): Promise<Outcome> {
  return perform(task, context)
}

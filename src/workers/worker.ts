import { workerData } from 'node:worker_threads'
import type { ScoringContext } from '../scoring/context.ts'
import type { Outcome, Task } from '../scoring/task.ts'
import { perform } from './perform.ts'

const { context } = workerData as { context: ScoringContext }

/** One task, on this thread from its compressed bytes to its finished answer. */
export default function work(task: Task): Promise<Outcome> {
  return perform(task, context)
}

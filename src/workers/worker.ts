import { setPriority } from 'node:os'
import { workerData } from 'node:worker_threads'
import { move, transferableSymbol, valueSymbol } from 'piscina'
import type { ScoringContext } from '../scoring/context.ts'
import type { Answer, Outcome, Task } from '../tasks/task.ts'
import { perform } from './perform.ts'
import { movable, owned } from './transfer.ts'

const { context } = workerData as { context: ScoringContext }

// Probes and refusals are to be answered at once also when all cores score. On Linux alone is a priority the
// calling thread's own.
if (process.platform === 'linux') setPriority(5)

/** One task, on this thread from its compressed bytes to its finished answer, which is moved to the caller. */
export default async function work(task: Task): Promise<Outcome> {
  const outcome = await perform(task, context)
  if (!outcome.ok) return outcome
  // All of it has been read. Left to the collector, what was moved here makes it search the whole heap for a few bytes.
  for (const memory of movable(task.body).memory) memory.transfer(0)
  return moved(outcome) as unknown as Outcome
}

function moved(outcome: Answer) {
  const body = owned(outcome.body)
  return move({
    get [valueSymbol]() {
      return { ...outcome, body }
    },
    get [transferableSymbol]() {
      return [body.buffer]
    },
  })
}

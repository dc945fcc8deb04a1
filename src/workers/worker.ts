import { workerData } from 'node:worker_threads'
import { move, transferableSymbol, valueSymbol } from 'piscina'
import type { ScoringContext } from '../scoring/context.ts'
import { lowerPriority } from '../tasks/lower-priority.ts'
import type { Answer, Outcome, Task } from '../tasks/task.ts'
import { givingWay } from './give-way.ts'
import { perform } from './perform.ts'
import type { WorkerData } from './threads.ts'
import { movable, owned } from './transfer.ts'

const { context, calls } = workerData as WorkerData
const inBackground: ScoringContext = { ...context, giveWay: givingWay(calls) }

// Probes and refusals have to be answered at once also while all cores score.
lowerPriority(5)

/** Does one task on this thread, from its compressed bytes to its finished answer. The answer is moved, not copied. */
export default async function work(task: Task): Promise<Outcome> {
  const outcome = await perform(task, task.isBackground ? inBackground : context)
  if (!outcome.ok) return outcome
  // Nobody reads the body any more. Freed here, because its collection would search the whole heap for a few bytes.
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

import { parentPort } from 'node:worker_threads'
import { lowerPriority } from '../../tasks/lower-priority.ts'
import type { Run, TaskRunner } from '../../tasks/runner.ts'
import type { Outcome } from '../../tasks/task.ts'
import type { FromThread, ToThread } from './job-thread.ts'
import { longWork } from './long-work.ts'
import { failureOf, thrown } from './thread-failure.ts'

// As the workers do, which it shares the cores with.
lowerPriority(5)

/** The thread of long work. */
const asked = new Map<number, { resolve: (run: Run) => void; reject: (error: Error) => void }>()
let next = 0

const tell = (message: FromThread) => parentPort?.postMessage(message)

/** Has the service's workers perform tasks. */
const runner: TaskRunner = {
  run(task) {
    const id = next++
    const { promise, resolve, reject } = Promise.withResolvers<Run>()
    asked.set(id, { resolve, reject })
    tell({ type: 'task', id, task })
    return promise
  },
  statistics: { workers: 1, busy: 0, queued: 0, abandoned: 0, meanServiceMs: 0, restarts: 0 },
  isWhole: true,
}

parentPort?.on('message', async (message: ToThread) => {
  const { id } = message
  if (message.type === 'outcome') {
    const { outcome, failure } = message
    const task = asked.get(id)
    asked.delete(id)
    if (failure) task?.reject(thrown(failure))
    else task?.resolve({ outcome: outcome as Outcome, queueMs: 0 })
    return
  }
  try {
    const work: (request: never, runner: TaskRunner) => Promise<unknown> = longWork[message.name]
    tell({ type: 'done', id, answer: await work(message.request as never, runner) })
  } catch (error) {
    tell({ type: 'done', id, failure: failureOf(error) })
  }
})

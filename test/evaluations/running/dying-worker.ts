import { workerData } from 'node:worker_threads'
import type { Chunk } from '../../../src/evaluations/running/score-chunk.ts'
import type { Outcome, Task } from '../../../src/tasks/task.ts'
import { perform } from '../../../src/workers/perform.ts'

/** A worker that dies of the prediction of one item. */
export default async function work(task: Task): Promise<Outcome> {
  const { items = [], fault } = (task.body.type === 'data' ? task.body.value : {}) as Partial<Chunk>
  if (!fault && items.some(({ index }) => index === 11)) process.exit(9)
  return perform(task, workerData.context)
}

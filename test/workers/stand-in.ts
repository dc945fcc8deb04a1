import { setTimeout as sleep } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'
import type { Outcome, Task } from '../../src/tasks/task.ts'
import { callsInWork } from '../../src/workers/give-way.ts'
import type { WorkerData } from '../../src/workers/threads.ts'
import { telling } from './telling.ts'

/** What a body may tell the stand-in to do, instead of scoring. */
export interface Command {
  /** Keeps the thread busy for so long. */
  readonly ms?: number
  readonly end?: 'exit' | 'out of memory' | 'throw' | 'throw beside' | 'loop' | 'refuse'
  /** Answers on how many calls the threads of its pool work. */
  readonly tellCalls?: true
  /** How long its answer is. */
  readonly answerBytes?: number
}

/** A worker for tests: does what the JSON of its task says, and answers how many bytes came. */
export default async function work({ body }: Task): Promise<Outcome> {
  const size =
    body.type === 'parts'
      ? body.parts.reduce((n, part) => n + part.bytes.length, 0)
      : body.type === 'json'
        ? body.bytes.length
        : 0
  const { ms = 0, end, tellCalls, answerBytes = 0 } = commandOf(body)
  if (tellCalls) return telling(callsInWork((workerData as WorkerData).calls))
  if (end === 'throw beside')
    setTimeout(() => {
      throw new Error('beside the task')
    }, ms / 2)
  await sleep(ms)
  while (end === 'loop');
  if (end === 'exit') process.exit(3)
  if (end === 'throw') throw new Error('secret of the inside')
  if (end === 'refuse') return { ok: false, code: 'CORRUPT', detail: 'as told', errors: [], remedy: '' }
  if (end === 'out of memory') {
    const hoard: number[][] = []
    while (true) hoard.push(new Array(100_000).fill(hoard.length))
  }
  const times = { decode: 1, count: 2, metrics: 3, serialise: 4 }
  const answer = new TextEncoder().encode(JSON.stringify({ size }).padEnd(answerBytes))
  return {
    ok: true,
    contentType: 'application/json',
    body: answer,
    etag: `"${size}"`,
    times,
    facts: { pixels: 5 },
  }
}

function commandOf(body: Task['body']): Command {
  if (body.type === 'data') return body.value as Command
  const bytes = body.type === 'json' ? body.bytes : body.parts.find(({ name }) => name === 'options')?.bytes
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Command
  } catch {
    return {}
  }
}

import { Refusal } from '../../problems/refusal.ts'
import type { TaskRunner } from '../../tasks/runner.ts'
import type { Answer } from '../../tasks/task.ts'
import { type Fault, failedItem } from '../rows/score-item.ts'
import type { Item } from '../sources/item.ts'
import { chunksOf } from './plan.ts'
import { rowLine } from './row-line.ts'
import type { Chunk, ChunkFacts } from './score-chunk.ts'

export interface LocalRun {
  readonly items: Iterable<Item>
  /** How many they are. */
  readonly count: number
  readonly run: Chunk['run']
  readonly runner: TaskRunner
  /** Chunks in work at a time, or waiting for a thread. */
  readonly lanes: number
  /** Milliseconds after which a thread answers what it has, so that others who wait for the thread get it. */
  readonly turnMs: number
  readonly signal?: AbortSignal
  /** Waits until a lane may be used, does its work and gives it back. Without it all lanes begin at once. */
  readonly onLane?: (work: () => Promise<void>) => Promise<void>
  /** Told of the rows of neighbouring items, one a line, in the order in which threads finish them. The lines hold until it returns. */
  readonly onRows: (items: readonly Item[], lines: Uint8Array, facts: ChunkFacts) => void
}

/**
 * Scores items in the threads of a runner. A thread that dies or gets stuck costs the item it scored, not the run.
 * @throws Refusal that concerns the run and not one item; the signal's reason as soon as it aborts
 */
export async function scoreItems(local: LocalRun): Promise<void> {
  // All lanes take from one list; the first that fails ends it for all.
  const chunks = chunksOf(local.items, local.count, local.lanes)
  const lane = async () => {
    for (const chunk of chunks) await scoreAll(chunk, local)
  }
  const { onLane = (work) => work() } = local
  const lanes = await Promise.allSettled(Array.from({ length: local.lanes }, () => onLane(lane)))
  const failed = lanes.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

async function scoreAll(items: readonly Item[], local: LocalRun): Promise<void> {
  for (let rest = items; rest.length > 0; ) {
    const answer = await ask(rest, local)
    if (isFault(answer)) {
      for (const item of rest) await scoreAlone(item, local)
      return
    }
    rest = rest.slice(tell(rest, answer, local))
  }
}

/** One item that may be what ended the thread. When it is, its ground truth is scored for what an empty prediction would get. */
async function scoreAlone(item: Item, local: LocalRun): Promise<void> {
  const answer = await ask([item], local)
  if (!isFault(answer)) {
    tell([item], answer, local)
    return
  }
  const withoutPrediction = item.prediction ? await ask([item], local, answer) : answer
  if (!isFault(withoutPrediction)) {
    tell([item], withoutPrediction, local)
    return
  }
  const line = Buffer.from(rowLine(failedItem(item, 'pair', answer, [null, null])))
  local.onRows([item], line, { items: 1, failed: 1, loss: 0, losses: 0 })
}

const isFault = (answer: Answer | Fault): answer is Fault => 'code' in answer

function tell(items: readonly Item[], { body, facts }: Answer, local: LocalRun): number {
  const { items: done = 0, failed = 0, loss = 0, losses = 0 } = facts
  local.onRows(items.slice(0, done), body, { items: done, failed, loss, losses })
  release(body)
  return done
}

/**
 * Gives the memory of bytes back at once. V8 would keep it until it collects the garbage of the whole heap, and a few megabytes
 * that came from other threads make it do so, several times a second.
 */
function release({ buffer, byteLength }: Uint8Array): void {
  // Small buffers share their memory with others.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}

async function ask(
  items: readonly Item[],
  { run, turnMs, runner, signal }: LocalRun,
  fault?: Fault,
): Promise<Answer | Fault> {
  const value: Chunk = { items, run, turnMs, ...(fault && { fault }) }
  const task = { call: 'evaluate', body: { type: 'data', value }, isBackground: true } as const
  const answered = await runner.run(task, signal).catch((error: unknown) => {
    signal?.throwIfAborted()
    return faultOf(error)
  })
  if ('code' in answered) return answered
  const { outcome } = answered
  if (outcome.ok) return outcome
  throw new Refusal(outcome.code, outcome.detail, outcome.errors, outcome.remedy)
}

/** Why a thread gave no answer. */
function faultOf(error: unknown): Fault {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  return code === 'TIMED_OUT'
    ? { code, message: 'Scoring this item took too long and was stopped.' }
    : { code: 'WORKER_LOST', message: `Scoring this item failed in its thread: ${message}` }
}

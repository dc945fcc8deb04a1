import { randomUUID } from 'node:crypto'
import { Refusal } from '../problems/refusal.ts'
import type { Delivery, Result } from './delivery.ts'
import type { HookMemory } from './hook-memory.ts'

export interface HookLog {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** An event that has arrived and of which nothing is known yet. */
export interface Arrival {
  readonly id: string
  readonly at: string
  readonly startedAt: number
}

export const arrival = (): Arrival => ({
  id: randomUUID(),
  at: new Date().toISOString(),
  startedAt: performance.now(),
})

/** Writes down what became of every event: into the memory, the log, and whoever counts. */
export class Journal {
  readonly #memory: HookMemory
  readonly #log: HookLog
  readonly #listeners: ((delivery: Delivery) => void)[] = []

  constructor(memory: HookMemory, log: HookLog) {
    this.#memory = memory
    this.#log = log
  }

  onDelivery(listener: (delivery: Delivery) => void): void {
    this.#listeners.push(listener)
  }

  async write(tool: Delivery['tool'], { id, at, startedAt }: Arrival, result: Result): Promise<Delivery> {
    const duration_ms = Math.round(performance.now() - startedAt)
    const delivery: Delivery = { id, at, tool, ...result, duration_ms }
    await this.#memory.add(delivery)
    const level = result.code === undefined ? 'info' : 'warn'
    this.#log[level](logged(delivery), 'hook')
    for (const listener of this.#listeners) listener(delivery)
    return delivery
  }

  /** What kept an event from being worked on, as a result. A fault of ours is logged with its stack. */
  resultOf(event: string, error: unknown): Result {
    if (error instanceof Refusal) {
      const outcome = error.code === 'DRAINING' ? 'abandoned' : 'failed'
      return { event, outcome, code: error.code, detail: error.message }
    }
    this.#log.error({ err: error }, 'a hook failed')
    return { event, outcome: 'failed', code: 'INTERNAL', detail: 'The service failed to work on the event.' }
  }
}

/** A delivery as one flat line: the headline of every score, not the classes and frames. */
function logged({ id, tool, event, outcome, detail, code, duration_ms, posted, annotations, job }: Delivery) {
  return {
    delivery: id,
    tool,
    event,
    outcome,
    ...(detail && { detail }),
    ...(code && { code }),
    ...(posted !== undefined && { posted }),
    ...(annotations && {
      scores: annotations.map(({ annotation, task, score, against, note }) => ({
        annotation,
        task,
        score,
        against,
        note,
      })),
    }),
    ...(job && {
      job: job.job,
      frames: job.frames_scored,
      mi_loss: job.pooled?.mi_loss,
      mean_iou: job.pooled?.mean_iou,
    }),
    duration_ms,
  }
}

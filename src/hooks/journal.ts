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

export const newArrival = (): Arrival => ({
  id: randomUUID(),
  at: new Date().toISOString(),
  startedAt: performance.now(),
})

/** Whose events they are, and what a line of the log tells of their scores. */
interface Teller<Told> {
  readonly name: string
  headline(result: Told): object
}

/** Writes down what became of every event of one tool: into the memory, the log, and for whoever counts. */
export class Journal<Told extends Result> {
  readonly #tool: Teller<Told>
  readonly #memory: HookMemory
  readonly #log: HookLog
  readonly #onDelivery: (delivery: Delivery) => void

  constructor(
    tool: Teller<Told>,
    memory: HookMemory,
    log: HookLog,
    onDelivery: (delivery: Delivery) => void,
  ) {
    this.#tool = tool
    this.#memory = memory
    this.#log = log
    this.#onDelivery = onDelivery
  }

  async write({ id, at, startedAt }: Arrival, result: Told): Promise<Delivery & Told> {
    const duration_ms = Math.round(performance.now() - startedAt)
    const delivery = { id, at, tool: this.#tool.name, ...result, duration_ms }
    await this.#memory.add(delivery)
    const { event, outcome, detail, code, posted, is_kept, retry_of } = result
    const line = {
      delivery: id,
      tool: this.#tool.name,
      event,
      outcome,
      ...(detail && { detail }),
      ...(code && { code }),
      ...(posted !== undefined && { posted }),
      ...(is_kept && { is_kept }),
      ...(retry_of && { retry_of }),
      ...this.#tool.headline(result),
      duration_ms,
    }
    this.#log[code === undefined ? 'info' : 'warn'](line, 'hook')
    this.#onDelivery(delivery)
    return delivery
  }

  /** A delivery of this tool that is still remembered. */
  async find(id: string): Promise<(Delivery & Told) | undefined> {
    const isOurs = (delivery: Delivery): delivery is Delivery & Told => delivery.tool === this.#tool.name
    return (await this.#memory.deliveries()).filter(isOurs).find((delivery) => delivery.id === id)
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

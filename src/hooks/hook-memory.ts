import type { Delivery } from './delivery.ts'

/**
 * Everything the hooks remember between two events. It is asynchronous so that a database can take its place; in one
 * process it is kept in memory and is empty after a start.
 */
export interface HookMemory {
  add(delivery: Delivery): Promise<void>
  /** The last 100, newest first. */
  deliveries(): Promise<readonly Delivery[]>
  /** Claims an event for a delivery; answers the delivery that had claimed it before, if there is one. */
  claim(key: string, delivery: string): Promise<string | undefined>
  /** Gives a claim back, so that the event may come again. */
  release(key: string): Promise<void>
  /** Notes when a thing was last changed; false when a later change is known already. */
  advance(thing: string, changedAt: number): Promise<boolean>
  /** Notes the content of a thing; false when it is what was noted before. */
  isNew(thing: string, fingerprint: string): Promise<boolean>
  /** Forgets the content of a thing: what was to be done with it was not done. */
  forget(thing: string): Promise<void>
}

const maxDeliveries = 100
/** Of each kind of note; the oldest are forgotten. */
const maxNotes = 10_000

export class ProcessMemory implements HookMemory {
  readonly #deliveries: Delivery[] = []
  readonly #claims = new Map<string, string>()
  readonly #changes = new Map<string, number>()
  readonly #contents = new Map<string, string>()

  async add(delivery: Delivery): Promise<void> {
    this.#deliveries.unshift(delivery)
    this.#deliveries.length = Math.min(this.#deliveries.length, maxDeliveries)
  }

  async deliveries(): Promise<readonly Delivery[]> {
    return [...this.#deliveries]
  }

  async claim(key: string, delivery: string): Promise<string | undefined> {
    const earlier = this.#claims.get(key)
    if (earlier === undefined) note(this.#claims, key, delivery)
    return earlier
  }

  async release(key: string): Promise<void> {
    this.#claims.delete(key)
  }

  async advance(thing: string, changedAt: number): Promise<boolean> {
    if ((this.#changes.get(thing) ?? Number.NEGATIVE_INFINITY) > changedAt) return false
    note(this.#changes, thing, changedAt)
    return true
  }

  async isNew(thing: string, fingerprint: string): Promise<boolean> {
    if (this.#contents.get(thing) === fingerprint) return false
    note(this.#contents, thing, fingerprint)
    return true
  }

  async forget(thing: string): Promise<void> {
    this.#contents.delete(thing)
  }
}

/** A Map keeps its keys in the order they were set, so the first is the oldest. */
function note<T>(notes: Map<string, T>, key: string, value: T): void {
  notes.delete(key)
  notes.set(key, value)
  if (notes.size > maxNotes) notes.delete(notes.keys().next().value as string)
}

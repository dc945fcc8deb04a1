import type { ChunkFacts } from './score-chunk.ts'

/** How far a run is. */
export interface ProgressFacts {
  readonly items: number
  readonly done: number
  readonly failed: number
  /** Items per second since the run began; 0 while nothing is done. */
  readonly rate: number
  /** By the bytes that are left; null while nothing is done. */
  readonly eta_seconds: number | null
  /** Share of the bytes that are read, 0 to 1. */
  readonly share: number
  /** Mean over the images so far; null while it is defined in none. */
  readonly mi_loss: number | null
}

/** Counts what is done. Rows of an earlier run that is resumed count as done, but not for the rate. */
export class Progress {
  readonly #items: number
  readonly #bytes: number
  readonly #now: () => number
  readonly #start: number
  #done = 0
  #failed = 0
  #read = 0
  #resumedItems = 0
  #resumedBytes = 0
  #loss = 0
  #losses = 0

  /** @param now milliseconds of a clock that never goes back */
  constructor(items: number, bytes: number, now = () => performance.now()) {
    this.#items = items
    this.#bytes = bytes
    this.#now = now
    this.#start = now()
  }

  resume(items: number, bytes: number): void {
    this.#resumedItems += items
    this.#resumedBytes += bytes
  }

  add({ items, failed, loss, losses }: ChunkFacts, bytes: number): void {
    this.#done += items
    this.#failed += failed
    this.#read += bytes
    this.#loss += loss
    this.#losses += losses
  }

  get facts(): ProgressFacts {
    const seconds = (this.#now() - this.#start) / 1000
    const left = this.#bytes - this.#read - this.#resumedBytes
    return {
      items: this.#items,
      done: this.#done + this.#resumedItems,
      failed: this.#failed,
      rate: seconds > 0 ? this.#done / seconds : 0,
      eta_seconds: this.#read > 0 ? (seconds * left) / this.#read : null,
      share: this.#bytes > 0 ? 1 - left / this.#bytes : 1,
      mi_loss: this.#losses > 0 ? this.#loss / this.#losses : null,
    }
  }
}

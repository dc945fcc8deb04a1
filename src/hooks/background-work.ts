import { Refusal } from '../problems/refusal.ts'

export interface BackgroundBounds {
  /** Works at the same time. Most of that time they wait for a tool or a worker. */
  readonly atOnce: number
  readonly maxWaiting: number
  /** Bytes of all bodies that wait or are worked on. */
  readonly maxBytes: number
  /** Time of one work. */
  readonly timeoutMs: number
  /** Called with the error of a work that threw, which is a fault. */
  readonly onFault: (error: unknown) => void
}

/** Work on an event that has been acknowledged. */
export interface Work {
  readonly bytes: number
  run(signal: AbortSignal): Promise<void>
  /** Called in place of `run` when the service stops first. */
  abandon(): Promise<void>
}

/** What is done after an event has been acknowledged: bounded in number, memory and time, first come, first served. */
export class BackgroundWork {
  readonly #bounds: BackgroundBounds
  readonly #waiting: Work[] = []
  readonly #running = new Set<Promise<void>>()
  readonly #stop = new AbortController()
  #bytes = 0
  #isClosed = false

  constructor(bounds: BackgroundBounds) {
    this.#bounds = bounds
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** False when the queue is full; the work is not taken then. One body is always taken, however large. */
  push(work: Work): boolean {
    const { maxWaiting, maxBytes } = this.#bounds
    const isFull = this.#bytes > 0 && this.#bytes + work.bytes > maxBytes
    if (this.#isClosed || this.#waiting.length >= maxWaiting || isFull) return false
    this.#bytes += work.bytes
    this.#waiting.push(work)
    this.#next()
    return true
  }

  /** Takes one last work and nothing any more; gives what is there `graceMs` to end, then stops it and abandons the rest. */
  async close(graceMs: number, last: Work): Promise<void> {
    this.#isClosed = true
    this.#waiting.push(last)
    this.#next()
    const timer = setTimeout(() => this.#stop.abort(stopped()), graceMs)
    while (this.#running.size > 0 && !this.#stop.signal.aborted) await Promise.race(this.#running)
    clearTimeout(timer)
    await Promise.all(this.#running)
    for (const work of this.#waiting.splice(0)) await work.abandon()
  }

  #next(): void {
    if (this.#stop.signal.aborted || this.#running.size >= this.#bounds.atOnce) return
    const work = this.#waiting.shift()
    if (!work) return
    const run: Promise<void> = this.#run(work).finally(() => {
      this.#bytes -= work.bytes
      this.#running.delete(run)
      this.#next()
    })
    this.#running.add(run)
  }

  async #run(work: Work): Promise<void> {
    const { timeoutMs } = this.#bounds
    const late = new AbortController()
    const timer = setTimeout(
      () => late.abort(new Refusal('TIMED_OUT', `It was not done within ${timeoutMs} ms.`)),
      timeoutMs,
    )
    try {
      await work.run(AbortSignal.any([late.signal, this.#stop.signal]))
    } catch (error) {
      this.#bounds.onFault(error)
    } finally {
      clearTimeout(timer)
    }
  }
}

const stopped = () => new Refusal('DRAINING', 'The service stopped before it was done.')

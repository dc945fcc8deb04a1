import type { BackgroundWork, Work } from './background-work.ts'

export interface RetryBounds {
  /** Wait before the first try; it doubles with every try that fails. */
  readonly firstDelayMs: number
  readonly longestDelayMs: number
  /** After this time an event is given up. */
  readonly maxAgeMs: number
  readonly maxKept: number
  /** Bytes of all bodies that are kept. */
  readonly maxBytes: number
  readonly onTry: (outcome: RetryOutcome, detail: string) => void
}

/** What came of one try of an event that was kept. */
export type RetryOutcome = 'done' | 'failed' | 'given_up' | 'abandoned'

/** An event whose work failed for a reason that may pass. */
export interface KeptEvent {
  readonly bytes: number
  /** Works on it again: why it still cannot be done, or undefined when it is done with. Never throws. */
  run(signal: AbortSignal): Promise<string | undefined>
  /** Writes down that it will not be tried again, and why. */
  giveUp(outcome: 'failed' | 'abandoned', detail: string): Promise<void>
}

interface Entry extends KeptEvent {
  readonly key: string
  readonly since: number
  isDropped: boolean
}

/**
 * Events of one tool that are worked on again: one at a time, oldest first. While the tool is away one event is its
 * probe, and the wait doubles; as soon as one succeeds the others follow without a wait.
 */
export class Retries {
  readonly #work: BackgroundWork
  readonly #bounds: RetryBounds
  readonly #waiting = new Map<string, Entry>()
  #inWork: Entry | undefined
  #timer: NodeJS.Timeout | undefined
  #delayMs: number
  #nextAt = 0
  #bytes = 0
  #isClosed = false

  constructor(work: BackgroundWork, bounds: RetryBounds) {
    this.#work = work
    this.#bounds = bounds
    this.#delayMs = bounds.firstDelayMs
  }

  get kept(): number {
    return this.#waiting.size + (this.#inWork ? 1 : 0)
  }

  /** Keeps an event in place of an earlier one of that key. False when there is no room, or the service stops. */
  keep(key: string, event: KeptEvent): boolean {
    this.drop(key)
    const { maxKept, maxBytes } = this.#bounds
    if (this.#isClosed || this.kept >= maxKept || this.#bytes + event.bytes > maxBytes) return false
    this.#bytes += event.bytes
    this.#waiting.set(key, { ...event, key, since: performance.now(), isDropped: false })
    this.#plan(this.#delayMs)
    return true
  }

  /** Forgets an event: a later one says what it would. */
  drop(key: string): void {
    const entry = this.#waiting.get(key)
    if (entry) this.#forget(entry)
    if (this.#inWork?.key === key) this.#inWork.isDropped = true
  }

  /** The tool answered: what is kept is tried soon. */
  wake(): void {
    this.#delayMs = this.#bounds.firstDelayMs
    this.#plan(this.#delayMs)
  }

  /** Takes nothing any more. Answers the last try of everything that is kept, to be done before the service stops. */
  close(): Work {
    this.#isClosed = true
    clearTimeout(this.#timer)
    const entries = [...this.#waiting.values()]
    const abandon = async () => {
      for (const entry of entries.splice(0)) await this.#end(entry, 'abandoned', stopped)
    }
    const run = async (signal: AbortSignal) => {
      while (entries.length > 0 && !signal.aborted) {
        if ((await entries[0].run(signal)) !== undefined) break
        this.#done(entries.shift()!)
      }
      await abandon()
    }
    return { bytes: 0, run, abandon }
  }

  /** Makes sure that the next try comes within so much time. */
  #plan(delayMs: number): void {
    if (this.#isClosed || this.#inWork || this.#waiting.size === 0) return
    const at = performance.now() + delayMs
    if (this.#timer && this.#nextAt <= at) return
    clearTimeout(this.#timer)
    this.#nextAt = at
    this.#timer = setTimeout(() => this.#next(), delayMs).unref()
  }

  #next(): void {
    this.#timer = undefined
    const [entry] = this.#waiting.values()
    if (!entry) return
    this.#waiting.delete(entry.key)
    this.#inWork = entry
    const isTaken = this.#work.push({
      bytes: 0,
      run: (signal) => this.#try(entry, signal),
      abandon: () => this.#abandon(entry),
    })
    if (isTaken) return
    this.#inWork = undefined
    this.#waiting.set(entry.key, entry)
    this.#plan(this.#delayMs)
  }

  async #try(entry: Entry, signal: AbortSignal): Promise<void> {
    const failure = await entry.run(signal)
    if (failure !== undefined && this.#isClosed) return this.#abandon(entry)
    this.#inWork = undefined
    if (failure === undefined) {
      this.#done(entry)
      this.#delayMs = this.#bounds.firstDelayMs
      return this.#plan(0)
    }
    if (entry.isDropped) {
      this.#forget(entry)
      return this.#plan(this.#delayMs)
    }
    this.#delayMs = Math.min(this.#delayMs * 2, this.#bounds.longestDelayMs)
    if (performance.now() - entry.since > this.#bounds.maxAgeMs)
      await this.#end(entry, 'given_up', `${failure} It is given up.`)
    else {
      // Behind the others: an event of which the tool never approves holds nothing up.
      this.#waiting.set(entry.key, entry)
      this.#bounds.onTry('failed', failure)
    }
    this.#plan(this.#delayMs)
  }

  async #abandon(entry: Entry): Promise<void> {
    this.#inWork = undefined
    if (entry.isDropped) this.#forget(entry)
    else await this.#end(entry, 'abandoned', stopped)
  }

  #done(entry: Entry): void {
    this.#forget(entry)
    this.#bounds.onTry('done', '')
  }

  async #end(entry: Entry, outcome: 'given_up' | 'abandoned', detail: string): Promise<void> {
    this.#forget(entry)
    this.#bounds.onTry(outcome, detail)
    await entry.giveUp(outcome === 'abandoned' ? 'abandoned' : 'failed', detail)
  }

  #forget(entry: Entry): void {
    this.#bytes -= entry.bytes
    if (this.#waiting.get(entry.key) === entry) this.#waiting.delete(entry.key)
  }
}

const stopped = 'The service stopped before the tool answered.'

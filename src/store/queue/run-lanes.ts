import { Slots } from '../../tasks/slots.ts'

/**
 * How many chunks of a run are in work in this process at a time. All runs have as many, so they share the threads evenly. The
 * shards of one run take its lanes one after another: they also end one after another, and there is always another to score
 * while the next is fetched and read.
 */
export class RunLanes {
  readonly #size: number
  readonly #runs = new Map<string, Slots>()

  constructor(size: number) {
    this.#size = size
  }

  /** Does the work on a lane of the run, as soon as one is free. @throws the signal's reason when it aborts before */
  async take(run: string, work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const lanes = this.#runs.get(run) ?? new Slots(this.#size)
    this.#runs.set(run, lanes)
    try {
      await lanes.acquire(signal)
      try {
        await work()
      } finally {
        lanes.release()
      }
    } finally {
      if (lanes.held === 0) this.#runs.delete(run)
    }
  }
}

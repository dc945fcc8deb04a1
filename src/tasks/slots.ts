/**
 * A fixed number of slots, and a queue for them in the order of arrival; who waits in the background comes after all
 * others. A waiting caller that aborts leaves the queue at once. A slot is free again only when its holder releases it.
 */
export class Slots {
  readonly size: number
  #held = 0
  readonly #waiting = new Set<() => void>()
  readonly #background = new Set<() => void>()

  constructor(size: number) {
    this.size = size
  }

  get held(): number {
    return this.#held
  }

  get waiting(): number {
    return this.#waiting.size + this.#background.size
  }

  /** Resolves when a slot is held; rejects with the signal's reason. */
  async acquire(signal?: AbortSignal, isBackground = false): Promise<void> {
    signal?.throwIfAborted()
    if (this.#held < this.size) {
      this.#held++
      return
    }
    const queue = isBackground ? this.#background : this.#waiting
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        queue.delete(enter)
        reject(signal?.reason)
      }
      queue.add(enter)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  /** Releases a slot. The caller that has waited longest gets it. */
  release(): void {
    const queue = this.#waiting.size > 0 ? this.#waiting : this.#background
    const [next] = queue
    if (next) {
      queue.delete(next)
      next()
    } else this.#held--
  }
}

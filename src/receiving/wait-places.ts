import { Refusal } from '../problems/refusal.ts'

/** Bounds the calls of one caller that wait for something to happen, and hold a connection for it. */
export class WaitPlaces {
  readonly #most: number
  readonly #taken = new Map<string, number>()

  constructor(most: number) {
    this.#most = most
  }

  /** Whether the caller may wait once more. */
  isFree(caller: string): boolean {
    return (this.#taken.get(caller) ?? 0) < this.#most
  }

  /**
   * @return gives the place back; may be called twice
   * @throws Refusal QUOTA_EXCEEDED
   */
  take(caller: string): () => void {
    const taken = this.#taken.get(caller) ?? 0
    if (!this.isFree(caller))
      throw new Refusal(
        'QUOTA_EXCEEDED',
        `${taken} streams and waiting calls of this key are open; the most is ${this.#most} (MASKSCORE_MAX_STREAMS).`,
      )
    this.#taken.set(caller, taken + 1)
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      const left = (this.#taken.get(caller) ?? 1) - 1
      if (left > 0) this.#taken.set(caller, left)
      else this.#taken.delete(caller)
    }
  }
}

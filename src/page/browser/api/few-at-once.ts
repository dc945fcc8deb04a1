/** Work that waits until fewer than `most` others are at it, so that a page full of pictures does not fill the service's queue. */
export class FewAtOnce {
  readonly #most: number
  #running = 0
  readonly #waiting: (() => void)[] = []

  constructor(most: number) {
    this.#most = most
  }

  async run<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    if (this.#running >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running++
    try {
      return await work()
    } finally {
      // Whoever waits longest takes the place.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running--
    }
  }
}

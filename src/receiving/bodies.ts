import { Refusal } from '../problems/refusal.ts'

export interface BodyBounds {
  /** Bodies that arrive at the same time. */
  readonly receiveLimit: number
  /** Bytes of one body. */
  readonly maxRequestBytes: number
  /** Bytes of all bodies that are in memory. */
  readonly maxBufferedBytes: number
}

/** A sender slower than this, in bytes a second since its headers, gives way when others find no room. */
const slowRate = 64 * 2 ** 10
/** A sender is not called slow before this time. */
const graceMs = 500

/**
 * The bodies that arrive or are worked on: how many arrive at the same time, and the bytes of all. Memory counts as it
 * fills, not as senders announce it: who announces much and sends little would keep others out. When there is no room,
 * the slowest senders make it.
 */
export class Bodies {
  readonly #bounds: BodyBounds
  readonly #arriving = new Set<Body>()
  #bytes = 0

  constructor(bounds: BodyBounds) {
    this.#bounds = bounds
  }

  /** Bodies that have not arrived completely. */
  get arriving(): number {
    return this.#arriving.size
  }

  /** Bytes of all bodies in memory. */
  get bytes(): number {
    return this.#bytes
  }

  /**
   * A place for a body of which `announced` bytes are to come, as far as its sender says.
   *
   * @throws Refusal INPUT_TOO_LARGE, OVERLOADED
   */
  add(announced: number): Body {
    const { receiveLimit, maxRequestBytes } = this.#bounds
    if (announced > maxRequestBytes) throw tooLarge(maxRequestBytes)
    if (!this.#makeRoom(() => this.#arriving.size < receiveLimit))
      throw new Refusal('OVERLOADED', `${receiveLimit} other bodies arrive at this time.`)
    this.#takeMemory(announced)
    const body = new Body({
      grow: (bytes, held) => {
        if (bytes > maxRequestBytes) throw tooLarge(maxRequestBytes)
        const more = Math.max(0, bytes - held)
        this.#takeMemory(more, body)
        this.#bytes += more
        return more
      },
      complete: () => this.#arriving.delete(body),
      release: (held) => {
        this.#arriving.delete(body)
        this.#bytes -= held
      },
    })
    this.#arriving.add(body)
    return body
  }

  #takeMemory(more: number, own?: Body): void {
    const fits = () => this.#bytes + more <= this.#bounds.maxBufferedBytes
    if (!this.#makeRoom(fits, own))
      throw new Refusal('OVERLOADED', 'The bodies of other requests fill the memory for bodies.')
  }

  /** Whether there is room, after slow senders were given up where needed: the slowest first. */
  #makeRoom(isRoom: () => boolean, own?: Body): boolean {
    if (isRoom()) return true
    const now = performance.now()
    const slow = [...this.#arriving]
      .filter((body) => body !== own && body.ageMs(now) > graceMs && body.rate(now) < slowRate)
      .sort((a, b) => a.rate(now) - b.rate(now))
    for (const body of slow) {
      body.giveUp(new Refusal('RECEIVE_TIMEOUT', 'The body arrives slowly, and others need its place.'))
      if (isRoom()) return true
    }
    return false
  }
}

const tooLarge = (limit: number): Refusal =>
  new Refusal('INPUT_TOO_LARGE', `The body is larger than the limit of ${limit} bytes.`)

/** What a body asks of the account that it is in. */
interface Account {
  /** Answers by how many bytes the body has grown. */
  grow(bytes: number, held: number): number
  complete(): void
  release(held: number): void
}

/** One body, and the memory it holds. */
export class Body {
  readonly #account: Account
  readonly #startedAt = performance.now()
  #held = 0
  #isReleased = false
  #reason: Refusal | undefined
  #onGiveUp: (reason: Refusal) => void = () => {}

  constructor(account: Account) {
    this.#account = account
  }

  /**
   * Takes memory for so many bytes in all.
   *
   * @throws Refusal INPUT_TOO_LARGE, OVERLOADED
   */
  grow(bytes: number): void {
    if (this.#isReleased) return
    this.#held += this.#account.grow(bytes, this.#held)
  }

  /** All of it has arrived; its memory is held until it is released. */
  complete(): void {
    this.#account.complete()
  }

  /** Gives place and memory back. */
  release(): void {
    if (this.#isReleased) return
    this.#isReleased = true
    this.#account.release(this.#held)
  }

  /** Gives the sender up: the listener is told why. */
  giveUp(reason: Refusal): void {
    this.release()
    this.#reason = reason
    this.#onGiveUp(reason)
  }

  /** Calls the listener when the sender is given up, at once when it has been. */
  onGiveUp(listener: (reason: Refusal) => void): void {
    this.#onGiveUp = listener
    if (this.#reason) listener(this.#reason)
  }

  ageMs(now: number): number {
    return now - this.#startedAt
  }

  /** Bytes a second. */
  rate(now: number): number {
    return (1000 * this.#held) / this.ageMs(now)
  }
}

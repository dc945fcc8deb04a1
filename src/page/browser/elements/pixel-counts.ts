import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { problemOf, type ShownProblem } from '../api/shown-problem.ts'

type Ask<Counts> = (signal: AbortSignal) => Counts | Promise<Counts>

/** Pixels of each code, of masks that are held at once, of others as the service counts them; anew for other masks. */
export class PixelCounts<Counts> implements ReactiveController {
  /** Undefined until they are there. */
  known: Counts | undefined
  /** Why they are not. */
  failed: ShownProblem | undefined
  readonly #host: ReactiveControllerHost
  #of: object | undefined
  #ask: Ask<Counts> | undefined
  #asking: AbortController | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    this.#host.requestUpdate()
  }

  /** What was not counted is counted when it is seen again. */
  hostDisconnected(): void {
    this.#asking?.abort()
    if (this.known === undefined) this.#of = undefined
  }

  /** @param of whose pixels they are: those of the same are counted once */
  count(of: object, ask: Ask<Counts>): void {
    if (of === this.#of) return
    this.#of = of
    this.#ask = ask
    this.#run()
  }

  /** Counts again what failed; what lies around is no part of it. */
  retry = (event: Event): void => {
    event.stopPropagation()
    this.#run()
    this.#host.requestUpdate()
  }

  #run(): void {
    this.#asking?.abort()
    this.#asking = new AbortController()
    const { signal } = this.#asking
    this.known = this.failed = undefined
    const counts = this.#ask?.(signal)
    if (counts instanceof Promise) this.#wait(counts, signal)
    else this.known = counts
  }

  async #wait(counts: Promise<Counts>, signal: AbortSignal): Promise<void> {
    try {
      const known = await counts
      if (!signal.aborted) this.known = known
    } catch (error) {
      if (!signal.aborted) this.failed = problemOf(error)
    }
    this.#host.requestUpdate()
  }
}

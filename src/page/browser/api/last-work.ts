import type { ReactiveControllerHost } from 'lit'
import { problemOf, type ShownProblem } from './shown-problem.ts'

/** What an element asks for, of which only the last counts: whether it goes on, and what it failed with. */
export class LastWork {
  isRunning = false
  problem: ShownProblem | undefined
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>
  #running: AbortController | undefined

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>) {
    this.#host = host
  }

  async run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.end(undefined)
    const running = new AbortController()
    this.#running = running
    this.isRunning = true
    try {
      await work(running.signal)
    } catch (error) {
      if (!running.signal.aborted) this.problem = problemOf(error)
    }
    if (this.#running !== running) return
    this.isRunning = false
    this.#host.requestUpdate()
  }

  /** Ends what goes on, for a problem that is none of a call, or for none. */
  end(problem: ShownProblem | undefined): void {
    this.#running?.abort()
    this.#running = undefined
    this.isRunning = false
    this.problem = problem
    this.#host.requestUpdate()
  }
}

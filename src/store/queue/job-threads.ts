import type { TaskRunner } from '../../tasks/runner.ts'
import { JobThread } from './job-thread.ts'
import type { LongWork, LongWorkName } from './long-work.ts'

/** So many, that a run of a few items does not wait for the plan or the finish of one with a million. */
const maxThreads = 2

/** The threads of long work. The second is started where the first has work. */
export class JobThreads {
  readonly #threads: readonly JobThread[]

  /** @param runner performs the tasks that the work is shared out in */
  constructor(runner: TaskRunner) {
    this.#threads = Array.from({ length: maxThreads }, () => new JobThread(runner))
  }

  /** @throws Refusal of the work; Error where its thread ended */
  perform<Name extends LongWorkName>(
    name: Name,
    request: Parameters<LongWork[Name]>[0],
  ): ReturnType<LongWork[Name]> {
    const idlest = this.#threads.reduce((least, thread) => (thread.works < least.works ? thread : least))
    return idlest.perform(name, request)
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }
}

import type { Run, RunnerStatistics, TaskRunner } from '../../tasks/runner.ts'
import { Slots } from '../../tasks/slots.ts'
import type { Task } from '../../tasks/task.ts'

/** The workers of a service as evaluations may use them: only so many at a time, and only while nobody else waits. */
export class LimitedRunner implements TaskRunner {
  readonly #runner: TaskRunner
  readonly #slots: Slots

  constructor(runner: TaskRunner, threads: number) {
    this.#runner = runner
    this.#slots = new Slots(threads)
  }

  async run(task: Task, signal?: AbortSignal): Promise<Run> {
    await this.#slots.acquire(signal)
    try {
      return await this.#runner.run(task, signal)
    } finally {
      this.#slots.release()
    }
  }

  get statistics(): RunnerStatistics {
    return { ...this.#runner.statistics, workers: this.#slots.size }
  }

  get isWhole(): boolean {
    return this.#runner.isWhole
  }
}

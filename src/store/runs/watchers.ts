import type { RunState } from '../../evaluations/ports/ports.ts'
import type { Sql } from '../database/sql.ts'

interface Since {
  readonly revision: number
  readonly state?: RunState
}

interface Watcher extends Since {
  readonly tell: () => void
}

const lookMs = 1000

/**
 * Those who wait for a change of a run. Changes of this process are told at once; those of others are looked for once a
 * second, by one query for all who wait, and by none while nobody does.
 */
export class Watchers {
  readonly #sql: Sql
  readonly #watching = new Map<string, Set<Watcher>>()
  #timer: NodeJS.Timeout | undefined
  #isLooking = false
  #isAskedAgain = false

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Resolves at the change, or when the signal aborts. */
  async wait(run: string, since: Since, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const watcher: Watcher = { ...since, tell: resolve }
    const watchers = this.#watching.get(run) ?? new Set()
    this.#watching.set(run, watchers.add(watcher))
    signal.addEventListener('abort', watcher.tell)
    this.#timer ??= setInterval(() => void this.#look(), lookMs)
    void this.#look()
    try {
      await promise
    } finally {
      signal.removeEventListener('abort', watcher.tell)
      watchers.delete(watcher)
      if (watchers.size === 0 && this.#watching.get(run) === watchers) this.#watching.delete(run)
      if (this.#watching.size === 0) this.close()
    }
  }

  /** A run changed in this process. */
  changed(run: string): void {
    if (this.#watching.has(run)) void this.#look()
  }

  close(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  async #look(): Promise<void> {
    if (this.#isLooking) {
      this.#isAskedAgain = true
      return
    }
    this.#isLooking = true
    try {
      do {
        this.#isAskedAgain = false
        await this.#lookOnce()
      } while (this.#isAskedAgain)
    } catch {
      // The next look may succeed; who waits has a time limit, and then asks for itself.
    } finally {
      this.#isLooking = false
    }
  }

  async #lookOnce(): Promise<void> {
    const ids = [...this.#watching.keys()]
    const rows = await this.#sql.query<{ id: string; revision: number; state: RunState }>(
      `select id, revision, state from maskscore.evaluation
       where id in (select value::uuid from json_array_elements_text($1::json))`,
      [JSON.stringify(ids)],
    )
    const known = new Map(rows.map((row) => [row.id, row]))
    for (const id of ids)
      for (const watcher of this.#watching.get(id) ?? []) {
        const row = known.get(id)
        // What is gone will not change any more.
        const isChanged =
          !row ||
          (watcher.state === undefined ? row.revision !== watcher.revision : row.state !== watcher.state)
        if (isChanged) watcher.tell()
      }
  }
}

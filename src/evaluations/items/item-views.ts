import { Refusal } from '../../problems/refusal.ts'
import type { TaskRunner } from '../../tasks/runner.ts'
import type { Answer } from '../../tasks/task.ts'
import type { ItemView } from './item-view.ts'
import type { ItemTasks } from './performers.ts'

/** Has a thread do something with items. @throws Refusal as the thread refused */
export async function askForItems<Call extends keyof ItemTasks>(
  runner: TaskRunner,
  call: Call,
  value: ItemTasks[Call],
  signal?: AbortSignal,
  takesGzip = false,
): Promise<Answer> {
  const { outcome } = await runner.run({ call, body: { type: 'data', value }, takesGzip }, signal)
  if (outcome.ok) return outcome
  throw new Refusal(outcome.code, outcome.detail, outcome.errors, outcome.remedy)
}

/** Bytes of all views that are kept. A view of a million items has 4 MB. */
const maxBytes = 64 * 2 ** 20

/** The orders of items that were asked for last: the first page costs sorting, every other one only its rows. */
export class ItemViews {
  readonly #runner: TaskRunner
  readonly #views = new Map<string, { readonly view: Promise<ItemView>; bytes: number }>()
  #bytes = 0

  constructor(runner: TaskRunner) {
    this.#runner = runner
  }

  /** @param list says which list of which run it is */
  async get<Call extends 'item_view' | 'compared_view'>(
    list: string,
    call: Call,
    value: ItemTasks[Call],
  ): Promise<ItemView> {
    const known = this.#views.get(list)
    if (known) {
      // Used last, dropped last.
      this.#views.delete(list)
      this.#views.set(list, known)
      return known.view
    }
    const view = this.#ask(call, value)
    const kept = { view, bytes: 0 }
    this.#views.set(list, kept)
    try {
      const { items } = await view
      if (this.#views.get(list) !== kept) return view
      kept.bytes = items.byteLength
      this.#bytes += kept.bytes
      this.#drop()
    } catch {
      // Whoever waits for it is told; the next one asks anew.
      if (this.#views.get(list) === kept) this.#views.delete(list)
    }
    return view
  }

  async #ask<Call extends 'item_view' | 'compared_view'>(
    call: Call,
    value: ItemTasks[Call],
  ): Promise<ItemView> {
    const { body, facts } = await askForItems(this.#runner, call, value)
    return { items: new Uint32Array(body.slice().buffer), unanswered: facts.unanswered ?? 0 }
  }

  #drop(): void {
    for (const [list, { bytes }] of this.#views) {
      if (this.#bytes <= maxBytes) return
      this.#views.delete(list)
      this.#bytes -= bytes
    }
  }
}

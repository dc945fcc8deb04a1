import { itemQuery, type RunAddress } from '../address/run-address.ts'
import { type ItemPage, itemsOf } from '../api/evaluations.ts'
import type { Item } from '../api/types.ts'

/** Images of a run in their order, as far as they are loaded: always some that follow each other. */
export class ItemList {
  /** The list that was looked at last, so that going to an image and back asks for nothing twice. */
  static last: ItemList | undefined

  /** Index of the image that was looked at last. */
  seen: number | undefined

  readonly #id: string
  readonly #query: Readonly<Record<string, string>>
  #page: ItemPage
  readonly #growing = new Map<1 | -1, Promise<void>>()

  private constructor(place: RunAddress, page: ItemPage) {
    this.#id = place.id
    this.#query = itemQuery(place)
    this.#page = page
  }

  /** The images that an address chooses: from the first, or around the image `at`. Throws as `ask` does. */
  static async open(place: RunAddress, signal: AbortSignal, at?: number): Promise<ItemList> {
    const { last } = ItemList
    if (last?.isOf(place) && (at === undefined ? last.first === 0 : last.placeOf(at) !== undefined))
      return last
    ItemList.last = new ItemList(place, await itemsOf(place.id, itemQuery(place), { at }, signal))
    return ItemList.last
  }

  get entries(): readonly Item[] {
    return this.#page.entries
  }

  /** Images that are chosen, loaded or not. */
  get total(): number {
    return this.#page.total
  }

  /** Images of which the filters cannot tell. */
  get unanswered(): number {
    return this.#page.unanswered
  }

  /** Place of the first that is loaded. */
  get first(): number {
    return this.#page.first
  }

  isOf(place: RunAddress): boolean {
    return JSON.stringify([this.#id, this.#query]) === JSON.stringify([place.id, itemQuery(place)])
  }

  /** The place of an image among all that are chosen, from 0; undefined while it is not loaded. */
  placeOf(index: number): number | undefined {
    const at = this.entries.findIndex((item) => item.index === index)
    return at < 0 ? undefined : this.first + at
  }

  /** The image after (1) or before (−1) another one. */
  async neighbour(index: number, by: 1 | -1, signal: AbortSignal): Promise<Item | undefined> {
    const place = this.placeOf(index)
    if (place === undefined) return undefined
    const known = () => this.entries[place + by - this.first]
    if (!known()) await this.grow(by, signal)
    return known()
  }

  /** Loads the images after (1) or before (−1) those that are there, once at a time. */
  async grow(by: 1 | -1, signal: AbortSignal): Promise<void> {
    const growing = this.#growing.get(by) ?? this.#load(by, signal).finally(() => this.#growing.delete(by))
    this.#growing.set(by, growing)
    await growing
  }

  async #load(by: 1 | -1, signal: AbortSignal): Promise<void> {
    const { next, previous } = this.#page
    const cursor = by === 1 ? next : previous
    if (cursor === null) return
    const page = await itemsOf(this.#id, this.#query, { cursor }, signal)
    const before = this.#page
    this.#page =
      by === 1
        ? { ...before, entries: [...before.entries, ...page.entries], next: page.next }
        : {
            ...before,
            // The page before may be cut short, and then reaches into what is there.
            entries: [...page.entries.slice(0, before.first - page.first), ...before.entries],
            first: page.first,
            previous: page.previous,
          }
  }
}

import { Refusal } from '../../problems/refusal.ts'
import { junkKind } from './junk-kind.ts'
import type { ListedMask, Listing } from './listing.ts'
import type { Reader } from './reader.ts'

/** A listing while it is made. */
export class ListingDraft {
  readonly #masks: ListedMask[] = []
  readonly #junk = new Map<string, number>()
  readonly #unreadable: Listing['unreadable'][number][] = []
  readonly #maxItems: number

  constructor(maxItems: number) {
    this.#maxItems = maxItems
  }

  /** Counts a file or folder that is known to be no mask by its path; false for all others. */
  passOver(path: string): boolean {
    const kind = junkKind(path)
    if (kind !== undefined) this.junk(kind)
    return kind !== undefined
  }

  junk(kind: string): void {
    this.#junk.set(kind, (this.#junk.get(kind) ?? 0) + 1)
  }

  /** @throws Refusal TOO_MANY_ITEMS */
  add(path: string, reader: Reader): void {
    this.take({ path, reader })
  }

  /** @throws Refusal TOO_MANY_ITEMS */
  take(mask: ListedMask): void {
    this.#masks.push(mask)
    if (this.#masks.length > this.#maxItems)
      throw new Refusal('TOO_MANY_ITEMS', `One side holds more than ${this.#maxItems} masks.`)
  }

  /** It stays an item, which fails: what cannot be read must not make a dataset smaller. */
  unreadable(path: string, reason: string): void {
    this.#unreadable.push({ path, reason })
    this.add(path, { type: 'unreadable', reason, bytes: 0 })
  }

  /** A folder that cannot be listed. */
  closedFolder(path: string, reason: string): void {
    this.#unreadable.push({ path: `${path}/`, reason })
  }

  listing(): Listing {
    const byPath = ({ path: a }: { path: string }, { path: b }: { path: string }) =>
      a < b ? -1 : a > b ? 1 : 0
    return {
      masks: this.#masks.sort(byPath),
      junk: Object.fromEntries([...this.#junk].sort(([a], [b]) => (a < b ? -1 : 1))),
      unreadable: this.#unreadable.sort(byPath),
    }
  }
}

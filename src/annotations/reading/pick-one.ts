import type { Refusal } from '../../problems/refusal.ts'
import { type Fit, fitOf, fits } from './name-fit.ts'

/** How one of several items is chosen, and what a refusal says of them. */
interface Choice<T> {
  /** Says where the items are: a node of a document, or a zip. */
  readonly place: { refuse(message: string): Refusal }
  /** One item, such as "image". */
  readonly what: string
  /** File names and titles that an item goes by; the first is shown. */
  readonly names?: (item: T) => readonly unknown[]
  /** Its ids, numbers or texts; a later one counts only where no item has it as an earlier one. */
  readonly ids?: (item: T) => readonly unknown[]
  /** What the option that names one says. */
  readonly wanted: string | number | undefined
  /** That option, where it is not `image`. */
  readonly option?: 'annotation' | 'document'
}

/** How many items a refusal lists. */
const maxListed = 20

/**
 * The item that an option names by an id or a name (`fitOf`); without the option the only one. A number is an id
 * before it is a name. A text that is the id of one item and, without its ending, the file of another names neither.
 * @throws Refusal INVALID_ANNOTATION where the item is not there, or not certain; it lists what there is.
 */
export function pickOne<T>(items: readonly T[], choice: Choice<T>): T {
  const { place, what, wanted, option = 'image' } = choice
  if (wanted === undefined && items.length === 1) return items[0]
  if (items.length === 0) throw place.refuse(`holds no ${what}`)
  const list = (listed: readonly T[]) => listOf(listed.map((item) => shownName(item, choice)))
  const refuse = (message: string) =>
    place.refuse(message).advising(`Set \`${option}\` to one that is listed.`)
  if (wanted === undefined)
    throw refuse(`holds ${items.length} ${what}s (${list(items)}): name one with \`${option}\``)
  const byId = withId(items, choice)
  if (typeof wanted === 'number' && byId.length === 1) return byId[0]
  const { fit, found } = bestFitting(items, choice)
  const named = fit === fits.text && found.length > 0 ? found : [...new Set([...byId, ...found])]
  if (named.length === 1) return named[0]
  if (named.length === 0) throw refuse(`holds no ${what} "${wanted}", only ${list(items)}`)
  const isEither = byId.length > 0 && found.length > 0
  const advice = isEither ? 'give an id as a number, a file name with its ending' : 'give more of its path'
  throw refuse(`holds ${named.length} ${what}s "${wanted}" (${list(named)}): ${advice}`)
}

/** Whether the item could be the one that is asked for. */
export function mayBeWanted(names: readonly string[], ids: readonly string[], wanted: string): boolean {
  return ids.includes(wanted) || names.some((name) => fitOf(name, wanted) > fits.none)
}

/** The items that have it as an id, of the earliest kind of id that one has it as. */
export function withId<T>(
  items: readonly T[],
  { ids = () => [], wanted }: Pick<Choice<T>, 'ids' | 'wanted'>,
): readonly T[] {
  const text = String(wanted)
  const most = items.reduce((length, item) => Math.max(length, ids(item).length), 0)
  for (let at = 0; at < most; at++) {
    const found = items.filter((item) => isThere(ids(item)[at]) && String(ids(item)[at]) === text)
    if (found.length > 0) return found
  }
  return []
}

/** The items whose names fit best what is wanted; none where nothing fits. */
export function bestFitting<T>(
  items: readonly T[],
  { names = () => [], wanted }: Pick<Choice<T>, 'names' | 'wanted'>,
) {
  let fit: Fit = fits.none
  let found: T[] = []
  for (const item of items) {
    for (const name of names(item)) {
      const its = isThere(name) ? fitOf(String(name), String(wanted)) : fits.none
      if (its === fits.none || its < fit || (its === fit && found.at(-1) === item)) continue
      found = its > fit ? [item] : [...found, item]
      fit = its
    }
  }
  return { fit, found }
}

/** Objects and lists are no names. */
const isThere = (name: unknown): boolean => typeof name === 'string' || typeof name === 'number'

function shownName<T>(item: T, { names = () => [], ids = () => [] }: Choice<T>): string {
  return String([...names(item), ...ids(item)].find(isThere) ?? '?')
}

function listOf(names: readonly string[]): string {
  return [...names.slice(0, maxListed), ...(names.length > maxListed ? ['…'] : [])].join(', ')
}

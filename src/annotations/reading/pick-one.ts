import { isMaskName } from '../../decoding/mask-formats.ts'
import type { Refusal } from '../../problems/refusal.ts'

/** How one of several items is chosen, and what a refusal says of them. */
interface Choice<T> {
  /** Says where the items are: a node of a document, or a zip. */
  readonly place: { refuse(message: string): Refusal }
  /** One item, such as "image". */
  readonly what: string
  /** Names that an item goes by; the first is shown. */
  readonly names: (item: T) => readonly unknown[]
  /** What the option that names one says. */
  readonly wanted: string | number | undefined
  /** That option, where it is not `image`. */
  readonly option?: 'annotation'
}

/** How many items a refusal lists. */
const maxListed = 20

/**
 * The item that an option names; without the option the only one. Names are compared as texts, then as file names
 * without their folder, then without the ending too: "a.jpg" names "masks/a.png".
 * @throws Refusal INVALID_ANNOTATION where the item is not there, or not certain; it lists what there is.
 */
export function pickOne<T>(items: readonly T[], { place, what, names, wanted, option }: Choice<T>): T {
  const only = wanted === undefined && items.length === 1
  if (only) return items[0]
  if (items.length === 0) throw place.refuse(`holds no ${what}`)
  const textsOf = (item: T) =>
    names(item)
      .filter((name) => name !== undefined && name !== null)
      .map(String)
  const list = (listed: readonly T[]) => {
    const shown = listed.slice(0, maxListed).map((item) => textsOf(item)[0] ?? '?')
    return [...shown, ...(listed.length > maxListed ? ['…'] : [])].join(', ')
  }
  if (wanted === undefined)
    throw place.refuse(
      `holds ${items.length} ${what}s (${list(items)}): name one with \`${option ?? 'image'}\``,
    )
  const text = String(wanted)
  for (const part of [wholeName, fileName, stem]) {
    const found = items.filter((item) => textsOf(item).map(part).includes(part(text)))
    if (found.length === 1) return found[0]
    if (found.length > 1) throw place.refuse(`holds ${found.length} ${what}s "${text}" (${list(found)})`)
  }
  throw place.refuse(`holds no ${what} "${text}", only ${list(items)}`)
}

const otherEnding = /\.(jpe?g|bmp|json|xml)$/i

const wholeName = (name: string): string => name
const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const stem = (path: string): string => withoutEnding(fileName(path))
const withoutEnding = (name: string): string =>
  isMaskName(name) || otherEnding.test(name) ? name.slice(0, name.lastIndexOf('.')) : name

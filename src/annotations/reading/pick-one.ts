import { isMaskName } from '../../decoding/mask-formats.ts'
import type { JsonNode } from '../../json/json-node.ts'

const named = 20

/**
 * The item that the option `wanted` names; without the option the only one. Names are compared as texts, then as
 * file names without their folder, then without the ending too: "a.jpg" names "masks/a.png". Refuses what is not
 * there or not certain, listing what there is.
 */
export function pickOne<T>(
  place: JsonNode,
  items: readonly T[],
  namesOf: (item: T) => readonly unknown[],
  wanted: string | number | undefined,
  option: string,
  what: string,
): T {
  if (wanted === undefined && items.length === 1) return items[0]
  if (items.length === 0) throw place.refuse(`holds no ${what}`)
  const namesAsText = (item: T) =>
    namesOf(item)
      .filter((name) => name !== undefined && name !== null)
      .map(String)
  const list = items
    .slice(0, named)
    .map((item) => namesAsText(item)[0] ?? '?')
    .join(', ')
  const listed = items.length > named ? `${list}, …` : list
  if (wanted === undefined)
    throw place.refuse(`holds ${items.length} of ${what}: name one with \`${option}\` (${listed})`)
  const text = String(wanted)
  let found: readonly T[] = []
  for (const part of [whole, fileNameOf, stemOf]) {
    found = items.filter((item) => namesAsText(item).map(part).includes(part(text)))
    if (found.length > 0) break
  }
  if (found.length === 0) throw place.refuse(`holds no ${what} "${text}": there is ${listed}`)
  if (found.length > 1) throw place.refuse(`holds ${found.length} of ${what} "${text}"`)
  return found[0]
}

const otherEnding = /\.(jpe?g|bmp|json|xml)$/i

const whole = (name: string): string => name
const fileNameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const stemOf = (path: string): string => withoutEnding(fileNameOf(path))
const withoutEnding = (name: string): string =>
  isMaskName(name) || otherEnding.test(name) ? name.slice(0, name.lastIndexOf('.')) : name

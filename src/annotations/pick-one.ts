import type { JsonNode } from './json-node.ts'

const named = 20

/**
 * The item that the option `wanted` names; without the option the only one. Names are compared as texts, and
 * file names also without their folder. Refuses what is not there or not certain, listing what there is.
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
  const whole = items.filter((item) => namesAsText(item).includes(text))
  const found =
    whole.length > 0
      ? whole
      : items.filter((item) => namesAsText(item).map(fileNameOf).includes(fileNameOf(text)))
  if (found.length === 0) throw place.refuse(`holds no ${what} "${text}": there is ${listed}`)
  if (found.length > 1) throw place.refuse(`holds ${found.length} of ${what} "${text}"`)
  return found[0]
}

function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

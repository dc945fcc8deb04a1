import { endOfString } from './end-of-string.ts'
import { toPointer } from './pointer.ts'

/** An object or array that the walk is in, and which of its members. */
type Level = { readonly keys: Set<string>; member: string } | { readonly keys?: undefined; member: number }

/** The pointer of the first key of a JSON text that its object has already; undefined when there is none. */
export function repeatedKey(text: string): string | undefined {
  const levels: Level[] = []
  for (let at = 0; at < text.length; at++) {
    const level = levels.at(-1)
    const c = text[at]
    if (c === '{') levels.push({ keys: new Set(), member: '' })
    else if (c === '[') levels.push({ member: 0 })
    else if (c === '}' || c === ']') levels.pop()
    else if (c === ',' && level && !level.keys) level.member++
    else if (c === '"') {
      const end = endOfString(text, at)
      isKey.lastIndex = end + 1
      if (level?.keys && isKey.test(text)) {
        const key: string = JSON.parse(text.slice(at, end + 1))
        level.member = key
        if (level.keys.has(key)) return toPointer(levels.map(({ member }) => member))
        level.keys.add(key)
      }
      at = end
    }
  }
  return undefined
}

/** Of all texts only keys are followed by a colon. */
const isKey = /\s*:/y

import { endOfString } from './end-of-string.ts'

/**
 * How many keys all objects of a JSON text have together, repeated ones included; undefined when it is nested deeper
 * than `maxDepth`. One pass over the text before it is parsed; what it counts in a text that is no JSON means nothing.
 */
export function countKeys(text: string, maxDepth: number): number | undefined {
  let depth = 0
  let keys = 0
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at)
    // Digits and what stands between values are most of a document.
    if (c < colon && c !== quote) continue
    if (c === quote) {
      at = endOfString(text, at)
      if (at < 0) break
    } else if (c === colon) keys++
    else if (c === openArray || c === openObject) {
      if (++depth > maxDepth) return undefined
    } else if (c === closeArray || c === closeObject) depth--
  }
  return keys
}

const quote = 0x22
const colon = 0x3a
const openArray = 0x5b
const closeArray = 0x5d
const openObject = 0x7b
const closeObject = 0x7d

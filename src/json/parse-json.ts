import { refuseField } from '../problems/refusal.ts'

/** UTF-8 JSON → value. Nesting deeper than `maxDepth` is refused before anything is parsed. */
export function parseJson(source: Uint8Array | string, maxDepth: number, pointer = ''): unknown {
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source)
  if (isDeeperThan(text, maxDepth))
    throw refuseField('MALFORMED_JSON', pointer, `the JSON is nested deeper than ${maxDepth} levels`)
  // No format has such a key, and reading it into an object would not keep it.
  if (text.includes('"__proto__"'))
    throw refuseField(
      'MALFORMED_JSON',
      pointer,
      'the JSON has a key (or text) that no JSON here has: __proto__',
    )
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refuseField(
      'MALFORMED_JSON',
      pointer,
      `this is not JSON: ${(error as Error).message.slice(0, 120)}`,
    )
  }
}

/** Counts brackets outside of strings. */
function isDeeperThan(text: string, maxDepth: number): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 0x22) {
      for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++) if (text.charCodeAt(i) === 0x5c) i++
    } else if (c === 0x5b || c === 0x7b) {
      if (++depth > maxDepth) return true
    } else if (c === 0x5d || c === 0x7d) depth--
  }
  return false
}

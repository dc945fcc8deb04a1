import { type Refusal, refuseField } from '../problems/refusal.ts'
import { countKeys } from './count-keys.ts'
import { decodeText } from './decode-text.ts'
import { jsonLines } from './json-lines.ts'
import { membersOf } from './members.ts'
import { nullForNonFinite } from './null-for-non-finite.ts'
import { quoteLongIntegers } from './quote-long-integers.ts'
import { repeatedKey } from './repeated-key.ts'

/**
 * JSON → value. The one place where JSON that others wrote is parsed.
 * Where a member of an object is an integer beyond ±(2^53 − 1), such integers become texts of their digits: ids that
 * differ stay different. NaN and Infinity, which Python writes, become null.
 * @throws Refusal (MALFORMED_JSON) for text that is neither UTF-8 nor marked as UTF-16, for what is no JSON, for
 *   nesting deeper than `maxDepth` (before anything is parsed), and for a key that an object has twice: readers of JSON
 *   differ in which of the two values counts.
 */
export function parseJson(source: Uint8Array | string, maxDepth: number, pointer = ''): unknown {
  const text = typeof source === 'string' ? source : decodeText(source, pointer)
  const keys = countKeys(text, maxDepth)
  if (keys === undefined) throw malformed(pointer, `The JSON is nested deeper than ${maxDepth} levels.`)
  // No format has such a key, and reading it into an object would not keep it.
  if (text.includes('"__proto__"'))
    throw malformed(pointer, 'The JSON has a key (or text) that no JSON here has: __proto__.')
  const { value, source: read } = parseLeniently(text, pointer)
  const { count, hasHugeNumber } = membersOf(value, keys)
  if (count < keys) throw repeated(text, pointer)
  return hasHugeNumber ? parse(quoteLongIntegers(read), pointer) : value
}

/** The value, and the text that it was parsed from. Only text that is no JSON costs a second look. */
function parseLeniently(text: string, pointer: string) {
  try {
    const value: unknown = JSON.parse(text)
    return { value, source: text }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const source = nullForNonFinite(text.replace(/^\uFEFF/, ''))
    if (source !== text) return { value: parse(source, pointer), source }
    throw refusalOf(error, text, pointer)
  }
}

function parse(text: string, pointer: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw refusalOf(error, text, pointer)
  }
}

function refusalOf(error: SyntaxError, text: string, pointer: string): Refusal {
  if (jsonLines(text))
    return malformed(pointer, 'The file has one JSON document a line (NDJSON): send one line.').advising(
      'Send the line of one image as a file of its own, or all of them as one JSON array.',
    )
  return malformed(pointer, `This is not JSON: ${error.message.slice(0, 120)}.`)
}

function repeated(text: string, pointer: string) {
  const place = repeatedKey(text) ?? ''
  return malformed(
    pointer + place,
    `The JSON has the key ${place} twice, and it is not certain which value counts.`,
  )
}

const malformed = (pointer: string, detail: string) => refuseField('MALFORMED_JSON', pointer, detail)

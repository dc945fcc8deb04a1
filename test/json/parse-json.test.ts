import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../src/json/parse-json.ts'
import { toPointer } from '../../src/json/pointer.ts'
import { Refusal } from '../../src/problems/refusal.ts'

const maxDepth = 64

function refusalOf(source: string | Uint8Array, pointer?: string): Refusal {
  try {
    parseJson(source, maxDepth, pointer)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('it was not refused')
}

/** A JSON document as it is written: its objects may have a key twice, which no value can show. */
type Written =
  | string
  | { readonly items: readonly Written[] }
  | { readonly members: readonly [string, Written][] }

function textOf(written: Written): string {
  if (typeof written === 'string') return written
  if ('items' in written) return `[ ${written.items.map(textOf).join(' , ')}]`
  return `{${written.members.map(([key, value]) => `${JSON.stringify(key)} :${textOf(value)}`).join(',\n')} }`
}

/** The pointer of the first key that is repeated, in the order of the text. */
function firstRepeated(written: Written, path: readonly PropertyKey[] = []): string | undefined {
  if (typeof written === 'string') return undefined
  if ('items' in written) {
    for (const [index, item] of written.items.entries()) {
      const found = firstRepeated(item, [...path, index])
      if (found !== undefined) return found
    }
    return undefined
  }
  const known = new Set<string>()
  for (const [key, value] of written.members) {
    if (known.has(key)) return toPointer([...path, key])
    known.add(key)
    const found = firstRepeated(value, [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}

const scalar = fc.oneof(
  fc.constantFrom(
    'true',
    'null',
    '0',
    '-1.5e3',
    '""',
    '"a: {"',
    String.raw`"\\"`,
    String.raw`"\":"`,
    '[]',
    '{}',
  ),
  fc.string().map((text) => JSON.stringify(text.replaceAll('_', '-'))),
)
// No key ends with a backslash: V8 13.6 takes one for the key `"`, once it has seen both after the same keys.
const key = fc.constantFrom('a', 'b', 'c', 'id', 'a/b~', '"', 'c\\d', 'ä', '')
const { document } = fc.letrec<{ document: Written }>((tie) => ({
  document: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.record({ items: fc.array(tie('document'), { maxLength: 4 }) }),
    fc.record({ members: fc.array(fc.tuple(key, tie('document')), { maxLength: 4 }) }),
  ),
}))

describe('parseJson', () => {
  it('reads what JSON.parse reads, and refuses exactly the documents with a key twice, at the second one', () => {
    let repeated = 0
    fc.assert(
      fc.property(document, (written) => {
        const text = textOf(written)
        const place = firstRepeated(written)
        if (place === undefined) {
          expect(parseJson(text, maxDepth)).toEqual(JSON.parse(text))
          return
        }
        repeated++
        const refusal = refusalOf(text, '/mask')
        expect([refusal.code, refusal.errors[0].pointer]).toEqual(['MALFORMED_JSON', `/mask${place}`])
        expect(refusal.message).toContain(`the key ${place} twice`)
      }),
      { numRuns: 3000 },
    )
    expect(repeated).toBeGreaterThan(100)
  })

  it('finds a key that is the same behind another escape', () => {
    expect(refusalOf('{"a":1,"\\u0061":2}').errors[0].pointer).toBe('/a')
  })

  it('keeps all digits of integers beyond 2^53, and leaves numbers and texts as they are', () => {
    const digits = fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n })
    fc.assert(
      fc.property(digits, digits, (first, second) => {
        const text = `{"id":${first},"list":[${second} ,"${first}, ${second}"],"x":1}`
        const [a, b] = [first, second].map((value) =>
          Number.isSafeInteger(Number(value)) ? Number(value) : String(value),
        )
        const found = parseJson(text, maxDepth) as { id: unknown; list: unknown[] }
        // Integers in a list follow the members: no format has ids in one.
        const listed = typeof a === 'string' ? b : Number(second)
        expect(found).toEqual({ id: a, list: [listed, `${first}, ${second}`], x: 1 })
      }),
    )
  })

  it.each([
    '1e20',
    '12345678901234567890.5',
    '0.12345678901234567890',
    '-1.5E+300',
    '9007199254740991',
    '1e400',
  ])('reads %s as the number it is, beside one that is huge', (number) => {
    const value = parseJson(`{"huge": 1e300, "value": ${number}}`, maxDepth)
    expect(value).toEqual({ huge: 1e300, value: Number(number) })
  })

  it.each([
    ['nesting deeper than the limit', '['.repeat(65), 'deeper than 64'],
    ['a text that ends within a string', '{"a":"b', 'not JSON'],
    ['a key without a value', '{"a"}', 'not JSON'],
    ['nothing', '', 'not JSON'],
    ['the key __proto__', '{"__proto__":1}', '__proto__'],
  ])('refuses %s in a sentence', (_, text, words) => {
    const { code, message } = refusalOf(text)
    expect(code).toBe('MALFORMED_JSON')
    expect(message).toContain(words)
    expect(message).toMatch(/^[A-Z].*\.$/s)
  })

  it('takes nesting as deep as the limit', () => {
    expect(parseJson('['.repeat(64) + ']'.repeat(64), maxDepth)).toBeInstanceOf(Array)
  })
})

describe('encodings', () => {
  const text = '{"name": "Straße 🐈"}'
  const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, low byte first', utf16],
    ['UTF-16, high byte first', Buffer.from(utf16).swap16()],
  ])('reads %s', (_, bytes) => {
    expect(parseJson(bytes, maxDepth)).toEqual({ name: 'Straße 🐈' })
  })

  it.each([
    ['Latin-1', Buffer.from('{"a":\n"Straße"}', 'latin1'), 'not UTF-8: line 2'],
    ['a character cut at the end', Buffer.from(text).subarray(0, 15), 'not UTF-8: line 1'],
    ['half a surrogate pair in UTF-8', Buffer.from('22eda08022', 'hex'), 'not UTF-8'],
    ['UTF-16 of an odd length', utf16.subarray(0, -1), 'not UTF-16LE'],
    ['UTF-16 with half a pair', Buffer.from('fffe22003dd82200', 'hex'), 'not UTF-16LE: line 1'],
  ])('refuses %s and says where', (_, bytes, words) => {
    const refusal = refusalOf(bytes, '/options')
    expect([refusal.code, refusal.errors[0].pointer]).toEqual(['MALFORMED_JSON', '/options'])
    expect(refusal.message).toContain(words)
  })

  it('refuses UTF-16 without its mark', () => {
    expect(refusalOf(utf16.subarray(2)).code).toBe('MALFORMED_JSON')
  })
})

import { describe, expect, it } from 'vitest'
import { parseJson } from '../../src/json/parse-json.ts'

describe('JSON as Python writes it', () => {
  it('has null for NaN and Infinity, and keeps them in texts', () => {
    const text = '{"a": NaN, "b": [-Infinity, Infinity], "NaN": "NaN, \\"Infinity\\"", "c": 1}'
    expect(parseJson(text, 9)).toEqual({ a: null, b: [null, null], NaN: 'NaN, "Infinity"', c: 1 })
  })

  it('keeps long integers beside them', () => {
    expect(parseJson('{"id": 9007199254740993, "score": NaN}', 9)).toEqual({
      id: '9007199254740993',
      score: null,
    })
  })

  it.each(['{"a": NaNa}', '{"a": xNaN}', '{"a": "NaN', 'NaN NaN', '{NaN: 1}'])('is not %s', (text) => {
    expect(() => parseJson(text, 9)).toThrow('This is not JSON')
  })

  it('is not one document a line, which is said', () => {
    expect(() => parseJson('{"a": 1}\r\n{"a": 2}', 9)).toThrow(
      'one JSON document a line (NDJSON): send one line',
    )
    expect(() => parseJson('{"a": 1}\n]', 9)).toThrow('This is not JSON')
  })

  it('may have a byte order mark', () => {
    expect(parseJson('\uFEFF{"a": 1}', 9)).toEqual({ a: 1 })
  })
})

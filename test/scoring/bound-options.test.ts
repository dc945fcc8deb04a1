import { describe, expect, it } from 'vitest'
import { Refusal } from '../../src/problems/refusal.ts'
import { parseScoreOptions } from '../../src/scoring/request/parse-options.ts'

const keys = (count: number, keyOf = (index: number) => `key${index}`) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [keyOf(index), 'x']))

function refusalOf(options: unknown): Refusal {
  try {
    parseScoreOptions(options)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('options with far too many keys', () => {
  it.each([
    ['at the top', keys(300_000), '/options'],
    ['in an object', { boundary: keys(300_000) }, '/options/boundary'],
    ['in one side', { ground_truth: keys(300_000) }, '/options/ground_truth'],
    ['in the list of classes', { classes: keys(300_000, String) }, '/options/classes'],
  ])('are refused with one error before they are validated: %s', (_, options, pointer) => {
    const { code, errors } = refusalOf(options)
    expect(code).toBe('INVALID_OPTIONS')
    expect(errors).toEqual([
      {
        pointer,
        code,
        message: expect.stringMatching(/^The object has 300000 keys; at most \d+ are taken here\.$/),
      },
    ])
  })

  it('are told the first class that is no label, and not every one', () => {
    const { errors } = refusalOf({ classes: keys(90_000) })
    expect(errors).toMatchObject([
      { pointer: '/options/classes', message: expect.stringContaining('"key0"') },
    ])
  })

  it('are still named one by one as long as there are few', () => {
    expect(refusalOf(keys(20)).errors).toHaveLength(20)
  })

  it('take as many classes as a list may have', () => {
    expect(Object.keys(parseScoreOptions({ classes: keys(100_000, String) }).classes!)).toHaveLength(100_000)
  })

  it.each(['-2147483648', '0', '4294967295'])('take the label %s', (label) => {
    expect(parseScoreOptions({ classes: { [label]: 'x' } }).classes).toEqual({ [label]: 'x' })
  })

  it.each(['-2147483649', '4294967296', '-0', '01', '1.5', ' 1', ''])('refuse the label %j', (label) => {
    expect(refusalOf({ classes: { [label]: 'x' } }).errors).toMatchObject([{ pointer: '/options/classes' }])
  })
})

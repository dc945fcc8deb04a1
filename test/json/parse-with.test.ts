import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { nearestKey } from '../../src/json/nearest-key.ts'
import { parseWith } from '../../src/json/parse-with.ts'
import { toPointer } from '../../src/json/pointer.ts'
import { Refusal } from '../../src/problems/refusal.ts'

const schema = z.strictObject({
  border_tolerance: z.number().optional(),
  boundary: z.strictObject({ spacing: z.array(z.number()) }).optional(),
})
const parse = (value: unknown) =>
  parseWith(schema, value, { pointer: '/options', code: 'INVALID_OPTIONS', what: 'Invalid options' })

const refusal = (value: unknown): Refusal => {
  try {
    parse(value)
  } catch (error) {
    if (error instanceof Refusal) return error
  }
  throw new Error('was not refused')
}

describe('nearestKey', () => {
  it.each([
    ['border_tolerence', 'border_tolerance'],
    ['Boundry', 'boundary'],
    ['ignorelabels', 'ignore_labels'],
  ])('%s → %s', (typed, known) => {
    expect(nearestKey(typed, ['border_tolerance', 'boundary', 'ignore_labels'])).toBe(known)
  })

  it('stays silent when nothing is near', () => {
    expect(nearestKey('zzzzzzzzzzzz', ['border_tolerance', 'boundary'])).toBeUndefined()
  })
})

describe('parseWith', () => {
  it('gives back what is valid', () => {
    expect(parse({ border_tolerance: 2 })).toEqual({ border_tolerance: 2 })
  })

  it('points at every mistake at once', () => {
    const { errors } = refusal({ border_tolerance: 'x', boundary: { spacing: [1, 'y'] } })
    expect(errors.map(({ pointer }) => pointer)).toEqual([
      '/options/border_tolerance',
      '/options/boundary/spacing/1',
    ])
  })

  it('names the nearest key where the unknown one stands', () => {
    const { errors, message } = refusal({ boundary: { spacings: [], spacing: [] } })
    expect(errors).toHaveLength(1)
    expect(errors[0].pointer).toBe('/options/boundary/spacings')
    expect(message).toContain('did you mean "spacing"?')
  })

  it('takes __proto__ for the unknown key it is', () => {
    const { errors } = refusal(JSON.parse('{"__proto__": {"x": 1}, "constructor": 1}'))
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/options/__proto__',
      '/options/constructor',
    ])
  })
})

describe('toPointer', () => {
  it('escapes as RFC 6901 says', () => {
    expect(toPointer(['a/b', 'c~d', 0])).toBe('/a~1b/c~0d/0')
  })
})

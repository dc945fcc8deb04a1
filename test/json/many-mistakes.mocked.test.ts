import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import * as nearest from '../../src/json/nearest-key.ts'
import { parseWith } from '../../src/json/parse-with.ts'
import type { Refusal } from '../../src/problems/refusal.ts'

vi.mock('../../src/json/nearest-key.ts', { spy: true })

const schema = z.strictObject({ colour: z.string().optional(), inner: z.strictObject({}).optional() })

const refusalOf = (value: unknown): Refusal => {
  try {
    parseWith(schema, value, { pointer: '/options', code: 'INVALID_OPTIONS', what: 'Invalid options' })
  } catch (error) {
    return error as Refusal
  }
  throw new Error('it was accepted')
}

describe('hundreds of thousands of mistakes', () => {
  it('are told up to a hundred, and no more of them is compared with the known keys', () => {
    const keys = (prefix: string) =>
      Object.fromEntries(Array.from({ length: 300_000 }, (_, i) => [`${prefix}${i}`, i]))
    const { errors } = refusalOf({ ...keys('color'), inner: keys('x') })
    expect(errors).toHaveLength(100)
    expect(vi.mocked(nearest.nearestKey)).toHaveBeenCalledTimes(100)
  })
})

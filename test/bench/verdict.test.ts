import { describe, expect, it } from 'vitest'
import { atLeast, atMost } from '../../bench/verdict.ts'

describe('a figure beside its goal', () => {
  it('says whether it is reached, and stands alone without one', () => {
    expect(atLeast(9.456, 5)).toBe('9.46× (goal 5×)')
    expect(atLeast(4.99, 5)).toBe('4.99× (MISSES goal 5×)')
    expect(atMost(1.6, 1.6)).toBe('1.6 (goal ≤ 1.6)')
    expect(atMost(153.2, 40)).toBe('153 (MISSES goal ≤ 40)')
    expect(atLeast(0.5, undefined)).toBe('0.5×')
  })
})

import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Sql } from '../../src/store/database/sql.ts'
import { StoredIdempotency } from '../../src/store/stored-idempotency.ts'

afterEach(() => vi.useRealTimers())

describe('the key of a call', () => {
  it('is kept alive while its body arrives, and no longer', async () => {
    vi.useFakeTimers()
    let isAnswered = false
    let touched = 0
    const query = async (text: string) => {
      if (text.startsWith('update')) touched++
      return isAnswered ? [] : [{ key: 'once' }]
    }
    await new StoredIdempotency({ query } as unknown as Sql).begin('ann', 'once')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(touched).toBe(3)
    isAnswered = true
    await vi.advanceTimersByTimeAsync(20_000)
    const last = touched
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(touched).toBe(last)
    expect(vi.getTimerCount()).toBe(0)
  })
})

import { expect } from 'vitest'
import { type Score, UndefinedScore } from '../../src/metrics/numbers/undefined-score.ts'
import type { GoldenNumber } from './golden-cases.ts'

/** Equal within 1e-9, absolute or relative; a peer's NaN is our undefined. */
export function expectScore(
  score: Score,
  golden: GoldenNumber | undefined,
  what: string,
  tolerance = 1e-9,
): void {
  if (typeof golden !== 'number') {
    expect(score, what).toBeInstanceOf(UndefinedScore)
    return
  }
  expect(score, what).toBeTypeOf('number')
  const difference = Math.abs((score as number) - golden)
  expect(difference, `${what}: ${score} for ${golden}`).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(golden)),
  )
}

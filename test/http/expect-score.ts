import { expect } from 'vitest'
import type { GoldenField } from './golden-fields.ts'
import { at } from './service.ts'

/** A number within the tolerance, or null with a reason where the peer has none. */
export function expectScore(
  report: unknown,
  pointer: string,
  peer: unknown,
  where: string,
  { scale = 1, tolerance }: Pick<GoldenField, 'scale' | 'tolerance'> = {},
): void {
  const actual = at(report, pointer)
  if (typeof peer !== 'number') {
    expect(actual, where).toBeNull()
    expect((report as { reasons: object }).reasons, where).toHaveProperty([pointer])
    return
  }
  const expected = peer * scale
  expect(actual, where).toBeTypeOf('number')
  const allowed = tolerance ?? 1e-9 * Math.max(1, Math.abs(expected))
  expect(
    Math.abs((actual as number) - expected),
    `${where}: ${actual} against ${expected}`,
  ).toBeLessThanOrEqual(allowed)
}

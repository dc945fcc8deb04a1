import { expect, it } from 'vitest'
import { isFailure, runFuzz } from './run-fuzz.ts'

const files = 1500

it(`${files} mutated files give their original labels or a coded refusal`, async () => {
  const verdicts = new Map<string, number>()
  for await (const found of runFuzz(7, 0, files)) {
    expect(isFailure(found), `${found.index}: ${found.file}, ${found.mutant.how}: ${found.detail}`).toBe(
      false,
    )
    verdicts.set(found.verdict, (verdicts.get(found.verdict) ?? 0) + 1)
  }
  // Mutations that never hit, or never miss, would prove nothing.
  expect(verdicts.get('refused')).toBeGreaterThan(files / 4)
  expect(verdicts.get('original')).toBeGreaterThan(files / 50)
})

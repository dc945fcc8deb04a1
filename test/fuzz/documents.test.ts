import { expect, it } from 'vitest'
import { isDocumentFailure, runDocuments } from './documents/run-documents.ts'

const documents = 2000

it(`${documents} mutated documents give their original regions, a coded refusal or a warning`, async () => {
  const verdicts = new Map<string, number>()
  for await (const found of runDocuments(7, 0, documents)) {
    const how = `${found.index}: ${found.file}, ${found.mutant.how}: ${found.verdict}, ${found.detail}`
    expect(isDocumentFailure(found), how).toBe(false)
    verdicts.set(found.verdict, (verdicts.get(found.verdict) ?? 0) + 1)
  }
  // Mutations that never hit, or never miss, would prove nothing.
  expect(verdicts.get('refused')).toBeGreaterThan(documents / 4)
  expect(verdicts.get('original')).toBeGreaterThan(documents / 10)
  expect(verdicts.get('warned')).toBeGreaterThan(documents / 200)
})

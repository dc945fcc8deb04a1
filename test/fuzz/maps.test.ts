import { expect, it } from 'vitest'
import { mapCorpus } from './maps/map-corpus.ts'
import { isMapFailure, runMaps } from './maps/run-maps.ts'

const maps = 800

it(`${maps} mutated probability maps give probabilities or a coded refusal`, async () => {
  const verdicts = new Map<string, number>()
  const files = new Set<string>()
  for await (const found of runMaps(7, 0, maps)) {
    const said = `${found.index}: ${found.file}, ${found.mutant.how}: ${found.verdict}, ${found.detail}`
    expect(isMapFailure(found), said).toBe(false)
    verdicts.set(found.verdict, (verdicts.get(found.verdict) ?? 0) + 1)
    files.add(found.file)
  }
  expect(files.size).toBe(mapCorpus.length)
  expect(verdicts.get('refused')).toBeGreaterThan(maps / 4)
  expect(verdicts.get('original')).toBeGreaterThan(maps / 50)
})

import { expect, it } from 'vitest'
import { isVolumeFailure, runVolumes } from './volumes/run-volumes.ts'
import { volumeCorpus } from './volumes/volume-corpus.ts'

const volumes = 1000

it(`${volumes} mutated volumes, alone and in zips, give their original labels or a coded refusal`, async () => {
  const verdicts = new Map<string, number>()
  const files = new Set<string>()
  for await (const found of runVolumes(7, 0, volumes)) {
    const said = `${found.index}: ${found.file}, ${found.mutant.how}: ${found.verdict}, ${found.detail}`
    expect(isVolumeFailure(found), said).toBe(false)
    verdicts.set(found.verdict, (verdicts.get(found.verdict) ?? 0) + 1)
    files.add(found.file)
  }
  expect(files.size).toBe((await volumeCorpus()).length)
  expect(verdicts.get('refused')).toBeGreaterThan(volumes / 4)
  expect(verdicts.get('original')).toBeGreaterThan(volumes / 50)
})

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { datasetZips, type EvaluatedService, evaluationForm, startEvaluations } from './evaluated-service.ts'

const { groundTruth, prediction, folder } = datasetZips(6)
const names = readdirSync(join(folder, 'gt')).sort()
/** A file of the machine that no caller sent. */
const secret = mkdtempSync(join(tmpdir(), 'maskscore-secret-'))
writeFileSync(join(secret, 'mask.png'), readFileSync(join(folder, 'gt', names[0])))

let service: EvaluatedService
beforeAll(async () => {
  service = await startEvaluations()
}, 60_000)
afterAll(async () => {
  await service.close()
  rmSync(secret, { recursive: true })
})

const evaluated = (rows: readonly (readonly [truth: string, prediction: string])[]) => {
  const manifest = ['ground_truth,prediction', ...rows.map((row) => row.join(','))].join('\n')
  const parts = { ground_truth: groundTruth, prediction, manifest: new TextEncoder().encode(manifest) }
  return service.evaluated(
    'ann',
    evaluationForm(parts, { labels: 'classes', on_missing: 'skip', on_broken: 'skip' }),
  )
}

describe('a manifest that a caller sends', () => {
  it('names files of the archives that came with it', async () => {
    const run = await evaluated(names.slice(0, 3).map((name) => [name, `./${name}`]))
    expect(run, JSON.stringify(run.problem)).toMatchObject({ state: 'done', progress: { items: 3 } })
    expect(run.summary).toMatchObject({ items: { total: 3 } })
  })

  it.each([
    ['an absolute path', join(secret, 'mask.png')],
    ['a path out of the archive', `../../../../../../../..${join(secret, 'mask.png')}`],
    ['a file that no archive has', 'elsewhere.png'],
  ])('reads nothing else of the machine: %s', async (_, path) => {
    const run = await evaluated([
      [names[0], names[0]],
      [path, names[1]],
      [names[2], path],
    ])
    // Whether the run ends with failed items or not at all, nothing outside was scored.
    const { scored = 0 } = (run.summary as { items?: { scored?: number } } | undefined)?.items ?? {}
    expect(scored).toBeLessThanOrEqual(1)
    expect(['done', 'failed']).toContain(run.state)
  })
})

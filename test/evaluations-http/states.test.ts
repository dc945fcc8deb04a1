import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { datasetZips, type EvaluatedService, evaluationForm, startEvaluations } from './evaluated-service.ts'

const { groundTruth, prediction, folder } = datasetZips(6)
const services: EvaluatedService[] = []
const start = async (env: Record<string, string>) => {
  const service = await startEvaluations(env)
  services.push(service)
  return service
}
afterAll(() => Promise.all(services.map((service) => service.close())))

describe('an evaluation that nobody works on yet', () => {
  it('has no report, and keeps its dataset from being deleted', async () => {
    // It only accepts: other processes would do the work.
    const service = await start({ MASKSCORE_EVALUATION_THREADS: '0' })
    const { json } = await service.call('ann', 'POST', '/v1/evaluations', {
      body: evaluationForm({ ground_truth: groundTruth, prediction }),
    })
    for (const path of ['/report.html', '/histogram', '/confusion', '/items?sort=mi_loss']) {
      const told = await service.call('ann', 'GET', `/v1/evaluations/${json.id}${path}`)
      expect([path, told.status, told.json.code]).toEqual([path, 409, 'NOT_FINISHED'])
      expect(told.json.remedy).toContain('Wait for it')
    }
    await service.call('ann', 'POST', `/v1/evaluations/${json.id}/cancel`)
    const cancelled = await service.call('ann', 'GET', `/v1/evaluations/${json.id}/report.html`)
    expect(cancelled.json).toMatchObject({ code: 'NOT_FINISHED', remedy: 'Begin another evaluation.' })
    await service.call('ann', 'PUT', '/v1/datasets/street', { body: { options: { labels: 'classes' } } })
    await service.call('ann', 'POST', '/v1/datasets/street/versions', {
      body: evaluationFormOf({ ground_truth: groundTruth }),
    })
    const begun = await service.call('ann', 'POST', '/v1/evaluations', {
      body: evaluationForm({ dataset: 'street', prediction }, {}),
    })
    expect(begun.status, begun.text).toBe(202)
    const deleted = await service.call('ann', 'DELETE', '/v1/datasets/street')
    expect([deleted.status, deleted.json.code]).toEqual([409, 'IN_USE'])
  }, 60_000)
})

describe('an evaluation of files that lie in a data root', () => {
  it('says that a file is another one by now, instead of drawing what was never scored', async () => {
    const root = mkdtempSync(join(tmpdir(), 'maskscore-root-'))
    try {
      cpSync(folder, root, { recursive: true })
      const service = await start({ MASKSCORE_DATA_ROOTS: `data:${root}` })
      const run = await service.evaluated('ann', {
        ground_truth: { root: 'data', path: 'gt' },
        prediction: { root: 'data', path: 'pred' },
        options: { labels: 'classes', on_missing: 'empty', on_broken: 'skip' },
      })
      expect(run.state, JSON.stringify(run.problem)).toBe('done')
      const { json } = await service.call('ann', 'GET', `/v1/evaluations/${run.id}/items?status=scored`)
      const items = json.items as { index: number; key: string }[]
      const [first, second] = items
      const path = `/v1/evaluations/${run.id}/items/${first.index}/overlay`
      expect((await service.call('ann', 'GET', path)).status).toBe(200)
      const files = readdirSync(join(root, 'pred'))
      const fileOf = (key: string) => `${files.find((name) => name.startsWith(`${key}.`))}`
      cpSync(join(root, 'pred', fileOf(second.key)), join(root, 'pred', fileOf(first.key)))
      const told = await service.call('ann', 'GET', path)
      expect([told.status, told.json.code]).toEqual([422, 'SOURCE_CHANGED'])
    } finally {
      rmSync(root, { recursive: true })
    }
  }, 60_000)
})

/** A form without options. */
function evaluationFormOf(parts: Record<string, Uint8Array>): FormData {
  const form = evaluationForm(parts)
  form.delete('options')
  return form
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { loadSettings } from '../../src/settings/settings.ts'
import {
  goldenFile,
  goldenOptions,
  hasRealGolden,
  loadGolden,
  ownGolden,
  realGolden,
} from './golden-cases.ts'
import { form, type Service, startService } from './service.ts'

const services: Service[] = []
beforeAll(async () => {
  for (const env of [{}, { MASKSCORE_PNG_DECODER: 'sharp' }]) services.push(await startService(env))
})
afterAll(() => Promise.all(services.map((service) => service.close())))

/** What both services answer, byte for byte. */
async function answers(files: Record<string, Uint8Array>, options: object): Promise<string[]> {
  return Promise.all(
    services.map(async ({ url }) => {
      const response = await fetch(`${url}/v1/score`, { method: 'POST', body: form({ ...files, options }) })
      const body = (await response.text()).replace(/"request_id":"[^"]*"/, '')
      return `${response.status} ${response.headers.get('etag')} ${body}`
    }),
  )
}

describe('MASKSCORE_PNG_DECODER', () => {
  it('reaches the workers', async () => {
    const env = { MASKSCORE_PNG_DECODER: 'sharp', MASKSCORE_LOG_LEVEL: 'silent' }
    const worker = new URL('../workers/tell-context.ts', import.meta.url)
    const app = await buildApp(loadSettings(env), { worker })
    const response = await app.inject({
      method: 'POST',
      url: '/v1/score',
      headers: { 'content-type': 'application/json' },
      payload: '{}',
    })
    await app.close()
    expect(response.json()).toMatchObject({ pngDecoder: 'sharp' })
  })

  const folders = [ownGolden, ...(hasRealGolden ? [realGolden] : [])]
  const sets = folders.map((folder) => loadGolden(folder))
  const cases = sets.flatMap((set) => set.cases.map((golden) => ({ id: golden.id, set, golden })))
  it.each(cases)('changes nothing of the answer to $id', async ({ set, golden }) => {
    const files = {
      ground_truth: goldenFile(set, golden.gt),
      prediction: goldenFile(set, golden.pred),
    }
    const options = goldenOptions(golden)
    const counts = { families: ['information', 'pairs', 'overlap', 'regions', 'instances'] }
    const places = { families: ['information', 'instances'], components: 'both', border_tolerance: 1 }
    for (const more of [counts, places]) {
      const [fast, exact] = await answers(files, { ...options, ...more, include: ['ami', 'contingency'] })
      expect(fast).toBe(exact)
      expect(fast).toMatch(/^200 /)
    }
  })

  const samples = join(import.meta.dirname, '../decode-samples')
  const manifest = JSON.parse(readFileSync(join(samples, 'manifest.json'), 'utf8')) as {
    samples: { file: string }[]
  }
  it.each(manifest.samples.map(({ file }) => file).filter((file) => file.endsWith('.png')))(
    'changes nothing of the answer to %s',
    async (file) => {
      const bytes = readFileSync(join(samples, file))
      const [fast, exact] = await answers({ ground_truth: bytes, prediction: bytes }, {})
      expect(fast).toBe(exact)
    },
  )
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatsSchema, metricsCatalogueSchema } from '../../src/scoring/contract.ts'
import { type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const get = async (path: string) => (await fetch(service.url + path)).json()

describe('catalogues', () => {
  it('GET /v1/metrics lists every number with its definition', async () => {
    const { metrics } = metricsCatalogueSchema.parse(await get('/v1/metrics'))
    const loss = metrics.find(({ pointer }) => pointer === '/mi_loss')
    expect(loss).toMatchObject({ range: [0, 1], higher_is_better: false })
  })

  it('GET /v1/formats lists mask files, presets and what labeling tools write', async () => {
    const { formats, presets, annotations } = formatsSchema.parse(await get('/v1/formats'))
    expect(formats.map(({ format }) => format)).toEqual(['png', 'tiff', 'webp', 'npy'])
    expect(presets.map(({ preset }) => preset)).toContain('coco_panoptic')
    expect(annotations.map(({ format }) => format)).toContain('label_studio')
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFormats } from '../../src/decoding/mask-formats.ts'
import { formatsSchema, metricsCatalogueSchema } from '../../src/scoring/contract/contract.ts'
import { post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const get = async (path: string) => (await fetch(service.url + path)).json()

/** Pointers of all numbers of a report; `*` for an index. */
function numbersIn(value: unknown, pointer = ''): string[] {
  if (typeof value === 'number') return [pointer]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) =>
    numbersIn(item, `${pointer}/${Array.isArray(value) ? '*' : key}`),
  )
}

/** Numbers that name something or echo the request, and measure nothing. */
const identifies =
  /\/(label|background|tolerance)$|\/thresholds\/\*\/iou$|\/(spacing|bbox)\/\*$|\/relabelling\/\*\/(ground_truth|prediction)$/

describe('catalogues', () => {
  it('GET /v1/metrics lists every number with its definition', async () => {
    const { metrics } = metricsCatalogueSchema.parse(await get('/v1/metrics'))
    const loss = metrics.find(({ pointer }) => pointer === '/mi_loss')
    expect(loss).toMatchObject({ range: [0, 1], higher_is_better: false })
  })

  it('a report says where its numbers are explained, and each of them is there', async () => {
    const labels = (data: number[][]) => ({ format: 'labels', data })
    const { status, headers, json } = await post(service, '/v1/score', {
      ground_truth: labels([
        [0, 1, 1],
        [0, 2, 2],
      ]),
      prediction: labels([
        [0, 1, 2],
        [0, 2, 2],
      ]),
      options: { families: ['all'], include: ['ami', 'miller_madow', 'segments'] },
    })
    expect(status, JSON.stringify(json)).toBe(200)
    const [, target] = /^<([^>]+)>; rel="describedby"$/.exec(headers.get('link') ?? '') ?? []
    const { metrics } = metricsCatalogueSchema.parse(await get(target))
    const explained = new Set(metrics.map(({ pointer }) => pointer))
    const { options: _, warnings: __, ...report } = json
    const found = numbersIn(report)
    expect(found.length).toBeGreaterThan(100)
    expect(found.filter((pointer) => !explained.has(pointer) && !identifies.test(pointer))).toEqual([])
  })

  it('a table’s report says so too; a refusal does not', async () => {
    const table = await post(service, '/v1/table', { counts: [[1, 2]] })
    expect(table.headers.get('link')).toBe('</v1/metrics>; rel="describedby"')
    const refused = await post(service, '/v1/table', { counts: [[-1]] })
    expect(refused.headers.get('link')).toBeNull()
  })

  it('GET /v1/formats lists mask files, presets and what labeling tools write', async () => {
    const { formats, presets, annotations } = formatsSchema.parse(await get('/v1/formats'))
    expect(formats.map(({ format }) => format)).toEqual(readFormats)
    expect(presets.map(({ preset }) => preset)).toContain('coco_panoptic')
    expect(annotations.map(({ format }) => format)).toContain('label_studio')
  })
})

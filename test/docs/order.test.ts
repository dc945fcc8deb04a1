import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, post, type Service, startService } from '../http/service.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/order.md'), 'utf8')
const example = page.slice(page.indexOf('<!-- example:begin -->'), page.indexOf('<!-- example:end -->'))
const masks = JSON.parse(/```json\n([\s\S]*?)```/.exec(example)?.[1] as string) as object
const rows = [...example.matchAll(/^\| `(\{.*\})` \|(.*)\|$/gm)].map(
  ([, options, cells]) => [options, cells.split('|').map(Number)] as const,
)

let service: Service
beforeAll(async () => {
  // The machine may be busy with other tests.
  service = await startService()
})
afterAll(() => service.close())

describe('the worked example of the order of the options', () => {
  it('has a row for each step that options change', () => expect(rows.length).toBeGreaterThanOrEqual(8))

  it.each(rows)('is what the service answers with %s', async (options, [counted, truths, found, meanIou]) => {
    const { status, json } = await post(service, '/v1/score', {
      ...masks,
      options: { families: ['overlap', 'instances'], ...(JSON.parse(options) as object) },
    })
    expect(status, JSON.stringify(json)).toBe(200)
    expect(at(json, '/pixels/counted')).toBe(counted)
    expect(at(json, '/instances/ground_truth_count')).toBe(truths)
    expect(at(json, '/instances/prediction_count')).toBe(found)
    expect(at(json, '/overlap/mean_iou')).toBeCloseTo(meanIou, 4)
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, form, post, type Service, startService } from '../http/service.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/compared.md'), 'utf8')
const rows = [...page.matchAll(/^\| `(\/[^`]+)` \| ([\d.]+) \| (.+) \|$/gm)].map(
  ([, pointer, ours, others]) => ({
    pointer,
    ours: Number(ours),
    // Every number of a tool in that row that is a score; the digits say how exact it is.
    others: [...others.replaceAll(/`[^`]*`/g, '').matchAll(/\b\d+\.\d{4,}\b/g)].map(([text]) => text),
  }),
)

let service: Service
let report: Record<string, unknown>
beforeAll(async () => {
  service = await startService()
  const [ground_truth, prediction] = ['ground-truth', 'prediction'].map((name) =>
    readFileSync(join(root, `examples/pair/${name}.png`)),
  )
  const options = {
    families: ['information', 'pairs', 'overlap', 'boundary'],
    include: ['ami', 'class_rates'],
  }
  report = (await post(service, '/v1/score', form({ ground_truth, prediction, options }))).json
})
afterAll(() => service.close())

describe('the numbers that are the same in other tools', () => {
  it('are there', () => expect(rows.length).toBeGreaterThan(15))

  it.each(rows)(
    '$pointer is what the page says, and what the others say to their digits',
    ({ pointer, ours, others }) => {
      expect(at(report, pointer)).toBe(ours)
      expect(others.length).toBeGreaterThan(0)
      for (const told of others) {
        // 32-bit numbers have seven digits; sums in another order differ in the last ones of 64-bit numbers.
        const digits = told.replace('.', '').replace(/^0+/, '').length
        expect(Math.abs(Number(told) / ours - 1), told).toBeLessThan(digits >= 14 ? 1e-12 : 3e-7)
      }
    },
  )
})

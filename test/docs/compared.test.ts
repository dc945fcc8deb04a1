import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, form, post, type Service, startService } from '../http/service.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/compared.md'), 'utf8')

/** What each section of the page asks for. */
const sections = {
  'The same numbers': {
    families: ['information', 'pairs', 'overlap', 'boundary', 'instances'],
    include: ['ami', 'class_rates'],
    instances: { thresholds: [0.4] },
  },
  'Object and background': {
    families: ['information', 'pairs', 'overlap', 'boundary', 'regions'],
    include: ['class_rates'],
    binary: true,
  },
} as const
type Section = keyof typeof sections

const rows = (Object.keys(sections) as Section[]).flatMap((section) => {
  const [, text = ''] = new RegExp(`## ${section}\n([\\s\\S]*?)\n## `).exec(page) ?? []
  return [...text.matchAll(/^\| `(\/[^`]+)` \| ([\d.]+) \| (.+) \|$/gm)].map(([, pointer, ours, others]) => ({
    section,
    pointer,
    ours: Number(ours),
    // Every number of a tool in that row that is a score; the digits say how exact it is.
    others: [...others.replaceAll(/`[^`]*`/g, '').matchAll(/\b\d+\.\d{4,}\b/g)].map(([text]) => text),
  }))
})

let service: Service
const reports: Partial<Record<Section, Record<string, unknown>>> = {}
beforeAll(async () => {
  service = await startService()
  const [ground_truth, prediction] = ['ground-truth', 'prediction'].map((name) =>
    readFileSync(join(root, `examples/pair/${name}.png`)),
  )
  for (const [section, options] of Object.entries(sections)) {
    const body = form({ ground_truth, prediction, options })
    reports[section as Section] = (await post(service, '/v1/score', body)).json
  }
})
afterAll(() => service.close())

describe('the numbers that are the same in other tools', () => {
  it('are there', () => expect(rows.length).toBeGreaterThan(30))

  it.each(rows)(
    '$pointer is what the page says, and what the others say to their digits',
    ({ section, pointer, ours, others }) => {
      expect(at(reports[section], pointer)).toBe(ours)
      expect(others.length).toBeGreaterThan(0)
      for (const told of others) {
        // Sums in another order differ in the last digits of 64-bit numbers. 32-bit numbers have seven digits, and printed ones
        // what was printed.
        const digits = told.replace('.', '').replace(/^0+/, '').length
        const lastDigit = 10 ** -(told.split('.')[1] ?? '').length
        const slack = digits >= 14 ? 1e-12 * ours : Math.max(lastDigit, 3e-7 * ours)
        expect(Math.abs(Number(told) - ours), told).toBeLessThanOrEqual(slack)
      }
    },
  )
})

describe('numbers that other tools define in another way', () => {
  it.each([
    ['The same numbers', '/overlap/pixel_accuracy', 0.8549],
    ['Object and background', '/regions/gce', 0.1214],
    ['Object and background', '/boundary/per_label/0/assd', 3.1656],
  ] as const)('are ours as the page says: %s %s', (section, pointer, ours) => {
    expect(page).toContain(` ${ours} |`)
    expect(at(reports[section], pointer)).toBeCloseTo(ours, 4)
  })
})

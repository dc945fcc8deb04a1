import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { catalogue } from '../../src/metrics/catalogue.ts'
import { metricLabel } from '../../src/metrics/metric-label.ts'
import { reportSchema } from '../../src/scoring/report/report.ts'

/** Numbers of the report that name, count left-out rows or echo a request, and measure nothing. */
const notMeasured = [
  /\/label$/,
  /^\/instances\/background$/,
  /^\/instances\/(panoptic_)?thresholds\/\*\/iou$/,
  /^\/instances\/(matches|splits|merges)\/\*\/(ground_truth|prediction)/,
  /^\/(boundary|geometry)\/spacing\/\*$/,
  /^\/lesions\/(connectivity|dilation|min_volume)$/,
  /\/tolerance$/,
  /\/percentile$/,
  // Points of curves whose area the catalogue has.
  /^\/detection\/curves\//,
  /^\/regions\/relabelling\/\*\/(ground_truth|prediction)$/,
  /^\/segments\/\*\/bbox\/\*$/,
  /^\/contingency\//,
  /^\/checks\//,
  /^\/options/,
  /[/_]truncated$/,
]

const pointers = new Set(catalogue.map(({ pointer }) => pointer))
const uncatalogued = (found: readonly string[]) =>
  found.filter((pointer) => !pointers.has(pointer) && !notMeasured.some((pattern) => pattern.test(pointer)))

/** Pointers of all numbers in a JSON value; `*` for an index. */
function numbersIn(value: unknown, pointer = ''): string[] {
  if (typeof value === 'number') return [pointer]
  if (Array.isArray(value)) return value.flatMap((item) => numbersIn(item, `${pointer}/*`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => numbersIn(item, `${pointer}/${key}`))
}

type JsonSchema = z.core.JSONSchema._JSONSchema

/** Pointers of all numbers that a report can hold. */
function numbersOfReport(): string[] {
  const report = z.toJSONSchema(reportSchema)
  const numbersAllowed = (schema: JsonSchema, pointer: string): string[] => {
    if (typeof schema === 'boolean') return []
    if (schema.$ref)
      return numbersAllowed(report.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? false, pointer)
    const below = [
      ...Object.entries(schema.properties ?? {}).flatMap(([key, item]) =>
        numbersAllowed(item, `${pointer}/${key}`),
      ),
      ...[schema.items ?? []].flat().flatMap((item) => numbersAllowed(item, `${pointer}/*`)),
      ...(schema.anyOf ?? []).flatMap((item) => numbersAllowed(item, pointer)),
    ]
    const types: readonly unknown[] = [schema.type].flat()
    return types.includes('number') || types.includes('integer') ? [pointer, ...below] : below
  }
  return numbersAllowed(report, '')
}

describe('catalogue', () => {
  it('has a short name of each number for people', () => {
    const names = ['mi_loss', 'mean_iou', 'ari', 'f_beta', 'class_iou', 'hausdorff_95', 'nsd']
    expect(names.map(metricLabel)).toEqual([
      ...['MI loss', 'Mean IoU', 'ARI', 'F β', 'Class IoU', 'Hausdorff 95', 'NSD'],
    ])
    expect(new Set(catalogue.map(({ name }) => metricLabel(name))).size).toBe(catalogue.length)
  })

  it('names every metric once, fit for an anchor', () => {
    const names = catalogue.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z0-9_]+$/)
    expect(pointers.size).toBe(catalogue.length)
  })

  it('has every number that a report can hold', () => {
    const allowed = numbersOfReport()
    expect(allowed).toContain('/overlap/per_class/*/iou')
    expect(uncatalogued(allowed)).toEqual([])
  })

  it('has no number that a report cannot hold', () => {
    const allowed = new Set(numbersOfReport())
    expect([...pointers].filter((pointer) => !allowed.has(pointer))).toEqual([])
  })

  const contract = new URL('../../../shared/spec/api.md', import.meta.url)
  it.skipIf(!existsSync(contract))(
    'has every number of the example report (needs the shared contract)',
    () => {
      const examples = readFileSync(contract, 'utf8').matchAll(/```json\n([\s\S]*?)```/g)
      const [report] = [...examples].map(([, json]) => JSON.parse(json) as unknown)
      const found = numbersIn(report)
      expect(found).toContain('/information/nmi/joint')
      expect(uncatalogued(found)).toEqual([])
    },
  )

  it('has ranges that are in order, and definitions that are sentences', () => {
    for (const { range, definition, name } of catalogue) {
      const [low, high] = range
      if (low !== null && high !== null) expect(low, name).toBeLessThan(high)
      expect(definition, name).toMatch(/\.$/)
    }
  })
})

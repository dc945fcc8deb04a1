import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjustedMutualInformation } from '../../../src/metrics/information/adjusted-mutual-information.ts'
import { deviance } from '../../../src/metrics/information/deviance.ts'
import { entropies } from '../../../src/metrics/information/entropy.ts'
import { ExpectedDeviance } from '../../../src/metrics/information/expected-deviance.ts'
import { expectedMutualInformation } from '../../../src/metrics/information/expected-mutual-information.ts'
import { representativeSizes } from '../../../src/metrics/information/representative-sizes.ts'
import { undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'
import { tableOf } from '../golden-cases.ts'
import { tableOfLabels, tables, transposed } from '../tables.ts'

interface Fixture {
  readonly name: string
  readonly n: number
  readonly gt_marginal_value_multiplicity: readonly (readonly [number, number])[]
  readonly pred_marginal_value_multiplicity: readonly (readonly [number, number])[]
  readonly emi_nats_20_digits: string
}

const fixtures = JSON.parse(readFileSync(new URL('../../golden/emi.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly Fixture[]
}

const marginal = (sizes: readonly (readonly [number, number])[]): Float64Array =>
  Float64Array.from(sizes.flatMap(([size, multiplicity]) => Array<number>(multiplicity).fill(size)))

const relativeError = (value: unknown, exact: number): number => Math.abs((value as number) - exact) / exact

/** The sum over all overlaps of all pairs, with weights that are exact fractions of integers. */
function byDefinition(rows: readonly number[], columns: readonly number[]): number {
  const total = rows.reduce((sum, size) => sum + size, 0)
  const choose = (n: number, k: number): bigint => {
    let result = 1n
    for (let i = 0; i < k; i++) result = (result * BigInt(n - i)) / BigInt(i + 1)
    return k > n ? 0n : result
  }
  let sum = 0
  for (const a of rows)
    for (const b of columns)
      for (let n = Math.max(1, a + b - total); n <= Math.min(a, b); n++) {
        const weight = choose(a, n) * choose(total - a, b - n)
        const probability = Number((weight * 10n ** 30n) / choose(total, b)) / 1e30
        sum += probability * (n / total) * Math.log((n * total) / (a * b))
      }
  return sum
}

describe('expectedMutualInformation', () => {
  it.each(fixtures.cases)('agrees with 20 digits: $name', (fixture) => {
    const rows = marginal(fixture.gt_marginal_value_multiplicity)
    const columns = marginal(fixture.pred_marginal_value_multiplicity)
    const exact = Number(fixture.emi_nats_20_digits)
    expect(relativeError(expectedMutualInformation(rows, columns, fixture.n), exact)).toBeLessThan(1e-12)
  })

  it('is the mean over all layouts, in a case that can be counted', () => {
    // 2 + 2 pixels against 2 + 2: of the 6 layouts 2 agree (ln 2 nats), 4 are independent (0 nats).
    const halves = Float64Array.of(2, 2)
    expect(expectedMutualInformation(halves, halves, 4)).toBeCloseTo(Math.LN2 / 3, 15)
  })

  const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 6 })
  it('equals the definition on small tables', () => {
    fc.assert(
      fc.property(sizes, sizes, (rows, wanted) => {
        const total = rows.reduce((sum, size) => sum + size, 0)
        // The other side's sizes, cut or filled up to the same total.
        const columns: number[] = []
        let left = total
        for (const size of wanted) {
          columns.push(Math.min(size, left))
          left -= columns[columns.length - 1]
        }
        if (left > 0) columns.push(left)
        const present = columns.filter((size) => size > 0)
        const value = expectedMutualInformation(Float64Array.from(rows), Float64Array.from(present), total)
        if (present.length === 1) expect(value).toBe(0)
        else expect(relativeError(value, byDefinition(rows, present))).toBeLessThan(1e-12)
      }),
    )
  })

  it.each([
    ['small', 40, 7],
    ['mixed', 1, 3],
    ['large', 20_000, 91],
  ])('few sizes stand for many as exactly as one by one: %s', (_, least, step) => {
    const rows = Float64Array.from({ length: 400 }, (_, k) => least + step * k)
    const total = rows.reduce((sum, size) => sum + size, 0)
    // The other side: the same pixels in fewer, unequal segments.
    const columns = Float64Array.from(
      { length: 200 },
      (_, k) => rows[k] + rows[399 - (k % 7) - (k - (k % 7))],
    )
    columns[0] += total - columns.reduce((sum, size) => sum + size, 0)
    const pairwise = new ExpectedDeviance(total)
    let oneByOne = 0
    for (const a of rows) for (const b of columns) oneByOne += pairwise.of(a, b)
    expect(relativeError(expectedMutualInformation(rows, columns, total), oneByOne / total)).toBeLessThan(
      1e-13,
    )
  })

  it('does not change by a bit when the sides are exchanged', () => {
    fc.assert(
      fc.property(tables(2 ** 20), ({ rowSums, columnSums, total }) => {
        expect(expectedMutualInformation(rowSums, columnSums, total)).toBe(
          expectedMutualInformation(columnSums, rowSums, total),
        )
      }),
    )
  })

  it('has a budget', () => {
    const halves = Float64Array.of(2 ** 52, 2 ** 52 - 1)
    expect(expectedMutualInformation(halves, halves, 2 ** 53 - 1)).toEqual(undefinedBecause('budget'))
  })
})

describe('deviance', () => {
  it('is n ln(n/μ) − n + μ without its cancellation', () => {
    expect(deviance(0, 3)).toBe(3)
    expect(deviance(5, 5)).toBe(0)
    expect(deviance(10, 5)).toBeCloseTo(10 * Math.LN2 - 5, 14)
    // δ²/(2μ) − δ³/(6μ²) + δ⁴/(12μ³) with δ = 1, μ = 10⁶
    const expected = 0.5e-6 - 1e-12 / 6 + 1e-18 / 12
    expect(relativeError(deviance(1e6 + 1, 1e6), expected)).toBeLessThan(1e-15)
  })
})

describe('representativeSizes', () => {
  const sizes = Float64Array.from({ length: 5000 }, (_, k) => 1 + k + Math.floor(k / 7))
  const multiplicities = sizes.map((_, k) => 1 + (k % 3))
  const { sizes: nodes, weights } = representativeSizes({ sizes, multiplicities })

  it('are few, whole, and weigh as much as all', () => {
    expect(nodes.length).toBeLessThan(16 * 13)
    for (const node of nodes) expect(node).toSatisfy(Number.isInteger)
    expect(new Set(nodes).size).toBe(nodes.length)
    const segments = multiplicities.reduce((sum, count) => sum + count, 0)
    expect(
      relativeError(
        weights.reduce((sum, weight) => sum + weight, 0),
        segments,
      ),
    ).toBeLessThan(1e-13)
  })

  it('keep sums of smooth functions', () => {
    for (const f of [
      Math.log,
      Math.sqrt,
      (size: number) => size * Math.log(size),
      (size: number) => 1 / size,
    ]) {
      const exact = sizes.reduce((sum, size, k) => sum + multiplicities[k] * f(size), 0)
      expect(
        relativeError(
          nodes.reduce((sum, node, q) => sum + weights[q] * f(node), 0),
          exact,
        ),
      ).toBeLessThan(1e-12)
    }
  })

  it('leave few sizes as they are', () => {
    const few = { sizes: Float64Array.of(1, 5, 6, 700), multiplicities: Float64Array.of(3, 1, 2, 1) }
    expect(representativeSizes(few)).toEqual({ sizes: [1, 5, 6, 700], weights: [3, 1, 2, 1] })
  })
})

describe('adjustedMutualInformation', () => {
  const ami = (table: ReturnType<typeof tableOf>) => adjustedMutualInformation(table, entropies(table), 1)
  const all = (value: number) => ({ min: value, geometric: value, arithmetic: value, max: value })

  it('decides the corners by counting', () => {
    const identical = [0, 1, 1, 2]
    const renamed = [5, 3, 3, 9]
    expect(ami(tableOfLabels(identical, renamed)).ami).toEqual(all(1))
    expect(ami(tableOfLabels([0, 1], [0, 1])).ami).toEqual(all(1))
    expect(ami(tableOfLabels([7], [8])).ami).toEqual(all(1))
    expect(ami(tableOfLabels([1, 1, 1], [0, 1, 2])).ami).toEqual(all(0))
    expect(ami(tableOfLabels([1, 1, 2], [0, 1, 2])).ami).toEqual(all(0))
  })

  it('takes bits or nats', () => {
    const table = tableOf([
      [0, 0, 5],
      [0, 1, 2],
      [1, 1, 9],
    ])
    const bits = adjustedMutualInformation(table, entropies(table), 1)
    const nats = adjustedMutualInformation(table, entropies(table), Math.LN2)
    expect(nats.ami).toEqual(bits.ami)
    expect(nats.expected_mi).toBe((bits.expected_mi as number) * Math.LN2)
  })

  it('is at most 1, and symmetric', () => {
    fc.assert(
      fc.property(tables(1000), (table) => {
        const scores = ami(table)
        for (const score of Object.values(scores.ami)) expect(score).toBeLessThanOrEqual(1)
        expect(ami(transposed(table))).toEqual(scores)
      }),
    )
  })

  it('is undefined without counts', () => {
    const none = undefinedBecause('no_pixels')
    for (const table of [
      tableOf([]),
      tableOf(
        [
          [0, 0, 0.5],
          [1, 1, 0.5],
        ],
        false,
      ),
    ])
      expect(ami(table)).toEqual({
        expected_mi: none,
        ami: { min: none, geometric: none, arithmetic: none, max: none },
      })
  })
})

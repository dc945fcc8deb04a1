import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GroupWeights } from '../../../src/evaluations/bootstrap/group-weights.ts'
import { SumLayout } from '../../../src/evaluations/bootstrap/sum-layout.ts'
import { weightedSums } from '../../../src/evaluations/bootstrap/weighted-sums.ts'
import type { ItemRow } from '../../../src/evaluations/rows/item-row.ts'
import { RowColumnsBuilder } from '../../../src/evaluations/rows/row-columns.ts'
import { randomRows } from '../random-rows.ts'

function layoutOf(rows: readonly ItemRow[]): SumLayout {
  const builder = new RowColumnsBuilder(0)
  for (const row of rows) builder.add(row)
  return new SumLayout(builder.columns, { classes: true, all: true })
}

const weightOf = (group: number, replicate: number): number => (group * 7 + replicate * 5) % 4
const weigh: GroupWeights = (group, first, { weights }) => {
  for (let k = 0; k < weights.length; k++) weights[k] = weightOf(group, first + k)
}

/** The same in plain TypeScript: four rows at a time, in one order of additions. */
function plainSums(layout: SumLayout, first: number, count: number): Float64Array {
  const sums = new Float64Array(layout.size * count)
  const entries = layout.entries()
  for (let start = 0; start < layout.columns.size; start += 4) {
    const batch = new Float64Array(4 * layout.size)
    for (let row = start; row < Math.min(start + 4, layout.columns.size); row++) {
      layout.read(row, entries)
      for (let k = 0; k < entries.length; k++) batch[4 * entries.sums[k] + row - start] = entries.values[k]
    }
    for (let sum = 0; sum < layout.size; sum++)
      for (let r = 0; r < count; r++) {
        const part = (place: number) =>
          batch[4 * sum + place] *
          (start + place < layout.columns.size ? weightOf(layout.groupOf(start + place), first + r) : 0)
        sums[sum * count + r] += part(0) + part(1) + (part(2) + part(3))
      }
  }
  return sums
}

describe('weighted sums', () => {
  it('are those of plain arithmetic, to the bit, for any number of replicates', () => {
    fc.assert(
      fc.property(randomRows(true), fc.nat(100), fc.integer({ min: 1, max: 9 }), (rows, first, count) => {
        const layout = layoutOf(rows)
        expect([...weightedSums(layout, weigh, { first, count })]).toEqual([
          ...plainSums(layout, first, count),
        ])
      }),
      { numRuns: 50 },
    )
  })

  it('do not depend on what was summed before', () => {
    const [few, many] = [8, 400].map((count) => ({ first: 3, count }))
    const rows = fc.sample(randomRows(true), { seed: 5, numRuns: 2 }).map(layoutOf)
    const before = weightedSums(rows[0], weigh, few)
    weightedSums(rows[1], weigh, many)
    expect([...weightedSums(rows[0], weigh, few)]).toEqual([...before])
  })
})

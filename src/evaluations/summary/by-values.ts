import type { ItemRow } from '../rows/item-row.ts'
import type { RowColumns } from '../rows/row-columns.ts'
import type { Headline } from './headline.ts'
import type { ByValueRow } from './summary.ts'

/** Most values of a column that scores are answered for. */
export const maxValues = 1000

/** How many items, scored or not, have each value of each column of the manifest. */
export class ValueCounts {
  readonly #items = new Map<string, Map<string, number>>()

  add({ by = {} }: Pick<ItemRow, 'by'>): void {
    for (const [column, value] of Object.entries(by)) {
      const items = this.#items.get(column) ?? new Map<string, number>()
      this.#items.set(column, items)
      items.set(value, (items.get(value) ?? 0) + 1)
    }
  }

  /** Column → its values and how many items have each. */
  get columns(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    return this.#items
  }
}

/** Headline scores for each value of each column with at most `maxValues` of them, sorted by column and value. */
export function byValues(
  counts: ValueCounts,
  columns: RowColumns,
  headline: Headline,
): Record<string, ByValueRow[]> {
  const small = [...counts.columns].filter(([, items]) => items.size <= maxValues)
  return Object.fromEntries(
    small.sort(byName).map(([column, items]) => {
      const rowsOf = rowsByValue(columns, column)
      const rows = [...items].sort(byName).map(([value, count]): ByValueRow => {
        const scored = rowsOf.get(value) ?? []
        return { value, items: count, scored: scored.length, ...headline.of(scored) }
      })
      return [column, rows]
    }),
  )
}

function rowsByValue({ by, size }: RowColumns, column: string): Map<string, number[]> {
  const rowsOf = new Map<string, number[]>()
  const known = by.get(column)
  if (!known) return rowsOf
  for (const value of known.values) rowsOf.set(value, [])
  for (let row = 0; row < size; row++) rowsOf.get(known.values[known.position[row]])?.push(row)
  return rowsOf
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0

import { compareKeys } from '../compare-keys.ts'
import type { ItemRow } from '../rows/item-row.ts'

/**
 * The rows of several runs side by side: for each key of any of them, in order, the row of each run; undefined where a run
 * does not have it. Linear, one row of each run at a time.
 */
export function* joinRows(runs: readonly Iterable<ItemRow>[]): Generator<readonly (ItemRow | undefined)[]> {
  const readers = runs.map((rows) => rows[Symbol.iterator]())
  const next = readers.map(readRow)
  for (;;) {
    const rows = next.filter((row) => row !== undefined)
    if (rows.length === 0) return
    const { key } = rows.reduce((first, row) => (compareKeys(row.key, first.key) < 0 ? row : first))
    yield next.map((row) => (row?.key === key ? row : undefined))
    next.forEach((row, run) => {
      if (row?.key === key) next[run] = readRow(readers[run])
    })
  }
}

function readRow(reader: Iterator<ItemRow>): ItemRow | undefined {
  const { done, value } = reader.next()
  return done ? undefined : value
}

import type { ItemRow } from './item-row.ts'

/**
 * A failed or skipped item scored as if its prediction were empty, where its ground truth could be read; any other row as
 * it is. Checks of an incomplete run use these rows, so that what is left out never lifts a score.
 */
export function asEmpty(row: ItemRow): ItemRow {
  const { as_empty, ...rest } = row
  if (row.status === 'scored' || !as_empty) return row
  const substituted = row.problem?.code === 'PREDICTION_MISSING' ? 'missing' : 'broken'
  return { ...rest, ...as_empty, status: 'scored', substituted }
}

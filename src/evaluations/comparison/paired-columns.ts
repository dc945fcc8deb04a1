import { asEmpty } from '../rows/as-empty.ts'
import type { ItemRow } from '../rows/item-row.ts'
import { type RowColumns, RowColumnsBuilder } from '../rows/row-columns.ts'
import { RunWarnings } from '../summary/run-warnings.ts'
import type { RunWarning } from '../summary/summary.ts'
import { joinRows } from './join-rows.ts'

/** Rows of several runs on the same items, in turns: row n · i + k is item i in run k of n. */
export interface PairedColumns {
  readonly columns: RowColumns
  /** The same with failed and skipped items as empty predictions, wherever that is known of every run. */
  readonly asEmpty: RowColumns
  readonly items: number
  /** Items of each run that it alone has no row of, and that it failed or skipped. */
  readonly missing: readonly number[]
  readonly failed: readonly number[]
  readonly warnings: readonly RunWarning[]
}

/** Joins the rows of runs by key. Groups and weights are those of the first run. @param seed of resamples and exchanges */
export function pairColumns(runs: readonly Iterable<ItemRow>[], seed: number): PairedColumns {
  const scored = new RowColumnsBuilder(seed, { kinds: ['bootstrap', 'exchange'] })
  const substituted = new RowColumnsBuilder(seed, { kinds: [] })
  const warnings = new RunWarnings()
  const missing = runs.map(() => 0)
  const failed = runs.map(() => 0)
  let items = 0
  for (const rows of joinRows(runs)) {
    rows.forEach((row, run) => {
      if (!row) missing[run]++
      else if (row.status !== 'scored') failed[run]++
    })
    const known = rows.filter((row) => row !== undefined)
    if (known.length < runs.length) continue
    warnWhereUnequal(known, warnings)
    if (known.every(isScored)) {
      items++
      addInTurns(scored, known)
    }
    const filled = known.map(asEmpty)
    if (filled.every(isScored)) addInTurns(substituted, filled)
  }
  return {
    columns: scored.columns,
    asEmpty: substituted.columns,
    items,
    missing,
    failed,
    warnings: warnings.list,
  }
}

const isScored = ({ status }: ItemRow): boolean => status === 'scored'

function addInTurns(builder: RowColumnsBuilder, rows: readonly ItemRow[]): void {
  const { group: firstGroup, weight: firstWeight } = rows[0]
  for (const { group, weight, by, ...row } of rows)
    builder.add({
      ...row,
      group: firstGroup ?? row.key,
      ...(firstWeight !== undefined && { weight: firstWeight }),
    })
}

function warnWhereUnequal([first, ...others]: readonly ItemRow[], warnings: RunWarnings): void {
  if (others.some(({ group }) => group !== first.group))
    warnings.add(
      'GROUPS_DIFFER',
      first.key,
      'The runs put this item into different groups; those of the first are used.',
    )
  if (others.some(({ weight }) => weight !== first.weight))
    warnings.add(
      'WEIGHTS_DIFFER',
      first.key,
      'The runs weigh this item differently; the weight of the first is used.',
    )
}

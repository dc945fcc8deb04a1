import type { ComparedRun } from '../../../src/evaluations/comparison/compared-run.ts'
import type { EvaluationOptions } from '../../../src/evaluations/options.ts'
import type { ItemRow } from '../../../src/evaluations/rows/item-row.ts'
import { finish } from '../../../src/evaluations/summary/finish.ts'
import { runOf } from '../rows.ts'

/** A finished run of these rows. */
export function comparedRun(
  name: string,
  rows: readonly ItemRow[],
  given: Parameters<typeof runOf>[2] = {},
): ComparedRun {
  return { name, summary: finish(rows, runOf(rows.length, {}, given)), rows: () => rows }
}

export const comparing = (
  given: Partial<EvaluationOptions> = {},
): Pick<EvaluationOptions, 'replicates' | 'level' | 'seed' | 'worst'> => ({
  replicates: 400,
  level: 0.95,
  seed: 0,
  worst: 5,
  ...given,
})

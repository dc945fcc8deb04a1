import type { Evaluation } from '../api/types.ts'

/** The images of a run with one value of a column. */
export interface ValueRow {
  readonly value: string
  readonly items: number
  readonly scored: number
  /** Means over images, by score. */
  readonly macro: Readonly<Record<string, number | null>>
}

/** Columns of the manifest by which a run tells its scores → their values. */
export const columnsOf = ({ summary }: Evaluation): Readonly<Record<string, readonly ValueRow[]>> =>
  (summary?.by as Readonly<Record<string, readonly ValueRow[]>> | undefined) ?? {}

/** The worst first; values without the score last. */
export function worstFirst(
  rows: readonly ValueRow[],
  score: string,
  isHigherBetter: boolean | undefined,
): ValueRow[] {
  const sign = isHigherBetter ? 1 : -1
  const rank = ({ macro }: ValueRow) => {
    const value = macro[score]
    return value === null || value === undefined ? Number.POSITIVE_INFINITY : sign * value
  }
  return [...rows].sort((a, b) => rank(a) - rank(b) || (a.value < b.value ? -1 : 1))
}

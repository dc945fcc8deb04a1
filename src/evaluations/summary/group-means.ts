import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import type { RowColumns } from '../rows/row-columns.ts'
import type { Headline } from './headline.ts'
import { type GroupMeans, type HeadlineScore, headlineScores } from './summary.ts'

/** Scores pooled within each group, then averaged over the groups in which they are defined. */
export function groupMeans(columns: RowColumns, headline: Headline): GroupMeans | null {
  if (!columns.hasGroups) return null
  const sums = new Map<HeadlineScore, { sum: ExactSum; defined: number }>()
  for (const rows of rowsOfGroups(columns)) {
    const { pooled } = headline.of(rows)
    for (const score of headlineScores) {
      const value = pooled[score]
      if (value === undefined) continue
      const mean = sums.get(score) ?? { sum: new ExactSum(), defined: 0 }
      sums.set(score, mean)
      if (value === null) continue
      mean.sum.add(value)
      mean.defined++
    }
  }
  const means = [...sums]
  return {
    count: columns.groups,
    mean: Object.fromEntries(
      means.map(([score, { sum, defined }]) => [score, defined === 0 ? null : sum.value / defined]),
    ),
    defined: Object.fromEntries(means.map(([score, { defined }]) => [score, defined])),
  }
}

function rowsOfGroups({ size, groups, groupOf }: RowColumns): number[][] {
  const rows: number[][] = Array.from({ length: groups }, () => [])
  for (let row = 0; row < size; row++) rows[groupOf[row]].push(row)
  return rows
}

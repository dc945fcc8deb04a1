import type { RowNumbers } from '../rows/row-columns.ts'
import { directionOf } from '../score-facts.ts'

export interface Wins {
  readonly wins: number
  readonly ties: number
  readonly losses: number
}

/** Items in which B is better, equal and worse by a score; items in which it is undefined on a side count nowhere. */
export function winsOf({ scores, size }: RowNumbers, score: string): Wins {
  const values = scores.get(score)
  const counts = { wins: 0, ties: 0, losses: 0 }
  if (!values) return counts
  for (let row = 0; row < size; row += 2) {
    const better = (values[row + 1] - values[row]) * directionOf(score)
    if (better > 0) counts.wins++
    else if (better < 0) counts.losses++
    else if (better === 0) counts.ties++
  }
  return counts
}

import { Refusal } from '../../problems/refusal.ts'
import { directionOf } from '../score-facts.ts'
import type { ColumnFile } from './column-file.ts'
import { scoreColumn } from './score-column.ts'

/** Runs A and B by one score, item by item; both have the same manifest. */
export interface ComparedItems {
  readonly a: Float64Array
  readonly b: Float64Array
  /** B − A; NaN where either has no value. */
  readonly delta: Float64Array
}

/** @throws Refusal INVALID_OPTIONS where a run has no such score, NOT_COMPARABLE where the manifests differ in length */
export function comparedItems(
  a: ColumnFile,
  b: ColumnFile,
  score: string,
  label: number | undefined,
): ComparedItems {
  if (a.facts.items !== b.facts.items)
    throw new Refusal('NOT_COMPARABLE', `One run has ${a.facts.items} items, the other ${b.facts.items}.`)
  const [ofA, ofB] = [a, b].map((file) => Float64Array.from(scoreColumn(file, score, label, 'score')))
  return { a: ofA, b: ofB, delta: ofB.map((value, item) => value - ofA[item]) }
}

/** Items that both runs have a value of, those first in which B is worse than A by most. */
export function worseFirst({ delta }: ComparedItems, score: string): Uint32Array {
  const isBetterLarger = score === 'iou' || score === 'dice' || directionOf(score) === 1
  const sign = isBetterLarger ? 1 : -1
  return Uint32Array.from(delta.keys())
    .filter((item) => !Number.isNaN(delta[item]))
    .sort((x, y) => sign * (delta[x] - delta[y]) || x - y)
}

/** Points of a scatter plot, or how many lie in each cell where they are too many. */
export type Scatter =
  | { readonly type: 'points'; readonly points: readonly (readonly [index: number, a: number, b: number])[] }
  | {
      readonly type: 'bins'
      readonly low: number
      readonly high: number
      readonly size: number
      /** `[column (A), row (B), items]`, of the cells that are not empty. */
      readonly cells: readonly (readonly [a: number, b: number, items: number])[]
    }

const maxPoints = 10_000
const cellsOfSide = 100

/** B over A: up to 10,000 items a point each, beyond that a grid of 100 × 100 over the common range. */
export function scatterOf({ a, b, delta }: ComparedItems): Scatter {
  const items = Array.from(delta.keys()).filter((item) => !Number.isNaN(delta[item]))
  if (items.length <= maxPoints)
    return { type: 'points', points: items.map((item) => [item, a[item], b[item]]) }
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const item of items) {
    low = Math.min(low, a[item], b[item])
    high = Math.max(high, a[item], b[item])
  }
  const scale = high > low ? cellsOfSide / (high - low) : 0
  const cellOf = (value: number) => Math.min(cellsOfSide - 1, Math.floor((value - low) * scale))
  const counts = new Float64Array(cellsOfSide * cellsOfSide)
  for (const item of items) counts[cellOf(b[item]) * cellsOfSide + cellOf(a[item])]++
  const cells = Array.from(
    counts,
    (count, cell) => [cell % cellsOfSide, Math.floor(cell / cellsOfSide), count] as const,
  )
  return { type: 'bins', low, high, size: cellsOfSide, cells: cells.filter(([, , count]) => count > 0) }
}

import type { ImageSize } from '../image-size.ts'

/** Told where a column of an image differs from the one left of it. Rows are from `top` to `bottom`, which is not in it. */
export interface Turns {
  /** Column `x` has these rows, and the one before it has none of them. */
  opened(x: number, top: number, bottom: number): void
  /**
   * Column `x` has none of these rows, and the one before it has them all.
   * @return whether to go on
   */
  closed(x: number, top: number, bottom: number): boolean
}

/** Behind the last edge of a column. */
const none = 2 ** 31 - 1

/**
 * Walks through runs down the columns, from column to column.
 * @param ends as `rowRuns` takes them
 * @return whether it came to the end
 */
export function eachTurn(ends: ArrayLike<number>, { width, height }: ImageSize, turns: Turns): boolean {
  const total = width * height
  let { before, column } = edgesFor(height)
  before[0] = none
  let run = 0
  for (let x = Math.floor((ends[0] ?? total) / height); x < width; x++) {
    if (run >= ends.length && before[0] === none) return true
    const top = x * height
    const bottom = top + height
    let edges = 0
    for (; run < ends.length && ends[run] < bottom; run += 2) {
      const end = run + 1 < ends.length ? ends[run + 1] : total
      const from = ends[run] > top ? ends[run] - top : 0
      const to = end < bottom ? end - top : height
      // Runs that touch are one, or rows would be closed and opened at the same place.
      if (edges > 0 && column[edges - 1] === from) column[edges - 1] = to
      else if (from < to) {
        column[edges] = from
        column[edges + 1] = to
        edges += 2
      }
      if (end > bottom) break
    }
    column[edges] = none
    if (!turn(x, before, column, turns)) return false
    ;[before, column] = [column, before]
  }
  column[0] = none
  return turn(width, before, column, turns)
}

/** Where the runs of two neighbouring columns begin and end in turn. */
interface Edges {
  readonly before: Int32Array
  readonly column: Int32Array
}

/** Most edges that are kept from one call to the next. */
const keptEdges = 2 ** 16
let kept = newEdges(1024)

function edgesFor(height: number): Edges {
  const most = height + 2
  if (most > keptEdges) return newEdges(most)
  if (kept.column.length < most) kept = newEdges(Math.min(2 * most, keptEdges))
  return kept
}

function newEdges(size: number): Edges {
  return { before: new Int32Array(size), column: new Int32Array(size) }
}

function turn(x: number, before: Int32Array, column: Int32Array, turns: Turns): boolean {
  let [i, j, y] = [0, 0, 0]
  while (true) {
    const [left, own] = [before[i], column[j]]
    const next = left < own ? left : own
    if (next === none) return true
    // An odd position is the end of a run: it is within one.
    const [wasIn, isIn] = [i & 1, j & 1]
    if (wasIn < isIn) turns.opened(x, y, next)
    else if (wasIn > isIn && !turns.closed(x, y, next)) return false
    if (left === next) i++
    if (own === next) j++
    y = next
  }
}

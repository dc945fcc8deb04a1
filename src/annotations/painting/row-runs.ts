import type { ImageSize } from '../image-size.ts'
import type { PixelRuns } from './pixel-runs.ts'

/**
 * Runs down the columns as runs along the rows. A row's run begins or ends only where a column differs from the one before
 * it, so that the work is that of the outline and not of the area.
 * @param ends where runs begin and end in turn, ascending, in column order (x · height + y); the last of an odd number reaches
 *   to the end of the image
 * @return undefined where rows have many more runs than columns, as upright stripes: those are better left in columns
 */
export function rowRuns(ends: ArrayLike<number>, size: ImageSize): PixelRuns | undefined {
  const { width, height } = size
  const total = width * height
  const runs = new OpenRuns(size)
  const most = 4 * (ends.length + height)
  let before: number[] = []
  let run = 0
  for (let x = Math.floor((ends[0] ?? total) / height); x < width; x++) {
    if (run >= ends.length && before.length === 0) break
    const top = x * height
    const column: number[] = []
    for (; run < ends.length && ends[run] < top + height; run += 2) {
      const end = ends[run + 1] ?? total
      const from = Math.max(ends[run] - top, 0)
      const to = Math.min(end - top, height)
      // Runs that touch are one, or rows would be closed and opened at the same place.
      if (column.length > 0 && column[column.length - 1] === from) column[column.length - 1] = to
      else if (from < to) column.push(from, to)
      if (end > top + height) break
    }
    runs.turn(x, before, column)
    if (runs.count > most) return undefined
    before = column
  }
  runs.turn(width, before, [])
  return runs.inReadingOrder()
}

/** The runs of rows that are found from column to column. */
class OpenRuns {
  readonly #size: ImageSize
  /** Where the open run of a row began. */
  readonly #openAt: Int32Array
  readonly #rows: number[] = []
  readonly #starts: number[] = []
  readonly #ends: number[] = []

  constructor(size: ImageSize) {
    this.#size = size
    this.#openAt = new Int32Array(size.height)
  }

  get count(): number {
    return this.#rows.length
  }

  /** Opens rows that are in `column` and not in the one before it, and closes those that are in that one only. */
  turn(x: number, before: readonly number[], column: readonly number[]): void {
    let [i, j, y] = [0, 0, 0]
    while (i < before.length || j < column.length) {
      const next = Math.min(before[i] ?? Number.POSITIVE_INFINITY, column[j] ?? Number.POSITIVE_INFINITY)
      // An odd position is the end of a run: it is within one.
      const [wasIn, isIn] = [i % 2 === 1, j % 2 === 1]
      if (wasIn && !isIn) this.#close(x, y, next)
      if (isIn && !wasIn) this.#openAt.fill(x, y, next)
      if (before[i] === next) i++
      if (column[j] === next) j++
      y = next
    }
  }

  #close(x: number, top: number, bottom: number): void {
    for (let y = top; y < bottom; y++) {
      this.#rows.push(y)
      this.#starts.push(this.#openAt[y])
      this.#ends.push(x)
    }
  }

  /** A row's runs were found from left to right; here the rows are put one below the other. */
  inReadingOrder(): PixelRuns {
    const { width, height } = this.#size
    const next = new Uint32Array(height + 1)
    for (const y of this.#rows) next[y + 1]++
    for (let y = 0; y < height; y++) next[y + 1] += next[y]
    const sorted = new Uint32Array(2 * this.#rows.length)
    for (let run = 0; run < this.#rows.length; run++) {
      const y = this.#rows[run]
      const at = 2 * next[y]++
      sorted[at] = y * width + this.#starts[run]
      sorted[at + 1] = y * width + this.#ends[run]
    }
    return joined(sorted)
  }
}

/** A run that ends with its row and the one that begins the next row are one. */
function joined(runs: Uint32Array): PixelRuns {
  let size = 0
  for (let run = 0; run < runs.length; run += 2) {
    if (size > 0 && runs[size - 1] === runs[run]) runs[size - 1] = runs[run + 1]
    else {
      runs[size++] = runs[run]
      runs[size++] = runs[run + 1]
    }
  }
  return size === runs.length ? runs : runs.slice(0, size)
}

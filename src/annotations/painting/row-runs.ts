import type { ImageSize } from '../image-size.ts'
import { eachTurn, type Turns } from './column-turns.ts'
import type { PixelRuns } from './pixel-runs.ts'

/**
 * Runs down the columns as runs along the rows. A row's run begins or ends only where a column differs from the one before
 * it, so that the work is that of the outline and not of the area.
 * @param ends where runs begin and end in turn, ascending, in column order (x · height + y); the last of an odd number reaches
 *   to the end of the image
 * @return undefined where rows have many more runs than columns, as upright stripes: those are better left in columns
 */
export function rowRuns(ends: ArrayLike<number>, size: ImageSize): PixelRuns | undefined {
  const rows = rowsOf(size.height)
  const counts = new CountedRows(rows, 4 * (ends.length + size.height))
  const isComplete = eachTurn(ends, size, counts)
  const runs = isComplete ? inReadingOrder(ends, size, counts) : undefined
  rows.places.fill(0, counts.top, counts.bottom)
  return runs
}

/** What is known of each row of an image. */
interface Rows {
  /** At first how many runs a row has, then where its next one is written. All 0 between two calls. */
  readonly places: Uint32Array
  /** Where the open run of a row began. */
  readonly openAt: Int32Array
}

/** Most rows that are kept from one call to the next. */
const keptRows = 2 ** 16
let kept = newRows(1024)

function rowsOf(height: number): Rows {
  if (height > keptRows) return newRows(height)
  if (kept.places.length < height) kept = newRows(Math.min(2 * height, keptRows))
  return kept
}

function newRows(height: number): Rows {
  return { places: new Uint32Array(height), openAt: new Int32Array(height) }
}

/** Counts the runs of each row, until there are too many. */
class CountedRows implements Turns {
  readonly rows: Rows
  /** The rows that have any: from `top` to `bottom`, which has none. */
  top = Number.POSITIVE_INFINITY
  bottom = 0
  count = 0
  readonly #most: number

  constructor(rows: Rows, most: number) {
    this.rows = rows
    this.#most = most
  }

  opened(): void {
    // A run is counted where it is closed.
  }

  closed(_x: number, top: number, bottom: number): boolean {
    const { places } = this.rows
    for (let y = top; y < bottom; y++) places[y]++
    this.count += bottom - top
    if (top < this.top) this.top = top
    if (bottom > this.bottom) this.bottom = bottom
    return this.count <= this.#most
  }
}

/** Writes each run at its place. */
class WrittenRows implements Turns {
  readonly #rows: Rows
  readonly #width: number
  readonly #runs: Uint32Array

  constructor(rows: Rows, width: number, runs: Uint32Array) {
    this.#rows = rows
    this.#width = width
    this.#runs = runs
  }

  opened(x: number, top: number, bottom: number): void {
    const { openAt } = this.#rows
    for (let y = top; y < bottom; y++) openAt[y] = x
  }

  closed(x: number, top: number, bottom: number): boolean {
    const { places, openAt } = this.#rows
    for (let y = top; y < bottom; y++) {
      const at = 2 * places[y]++
      this.#runs[at] = y * this.#width + openAt[y]
      this.#runs[at + 1] = y * this.#width + x
    }
    return true
  }
}

/** A row's runs are found from left to right; here the rows are put one below the other. */
function inReadingOrder(
  ends: ArrayLike<number>,
  size: ImageSize,
  { rows, top, bottom, count }: CountedRows,
): PixelRuns {
  let before = 0
  for (let y = top; y < bottom; y++) {
    const own = rows.places[y]
    rows.places[y] = before
    before += own
  }
  const runs = new Uint32Array(2 * count)
  eachTurn(ends, size, new WrittenRows(rows, size.width, runs))
  return joined(runs)
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

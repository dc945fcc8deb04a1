import { LowerEnvelope } from '../../labels/lower-envelope.ts'
import type { Surface } from './surface.ts'

/** How much work is still allowed, in columns looked at; shared by all that a score is computed from. */
export interface WorkBudget {
  left: number
}

/** A row is searched outwards until that has looked at its columns this often; then a lower envelope answers the rest. */
const looksPerColumn = 4

/**
 * Distance from every element of one surface of an image to the nearest of another, in the unit of the spacing and in
 * the order of `from`; undefined when the budget is used up. `to` must have an element.
 *
 * Exact. The other surface is sorted into columns; from each element columns are looked at outwards until they are
 * farther away than what was found. Close surfaces cost little more than their length. Where they are far apart a row's
 * columns are turned into the lower envelope of their distances, so a row never costs more than a few looks at each
 * column of `to`, as in a distance transform cut down to where it is read.
 */
export function directedDistances(
  from: Surface,
  to: Surface,
  gridWidth: number,
  [rowSpacing, columnSpacing]: readonly [row: number, column: number],
  budget: WorkBudget,
): Float64Array | undefined {
  const distances = new Float64Array(from.positions.length)
  const columns = new SortedColumns(to, gridWidth, rowSpacing, columnSpacing)
  const { width } = columns
  let k = 0
  while (k < distances.length && budget.left >= 0) {
    const row = Math.floor(from.positions[k] / gridWidth)
    const rowStart = row * gridWidth
    const rowEnd = rowStart + gridWidth
    columns.moveTo(row)
    let looks = 0
    for (; k < distances.length && from.positions[k] < rowEnd && looks <= looksPerColumn * width; k++) {
      distances[k] = Math.sqrt(columns.nearestOutwards(from.positions[k] - rowStart))
      looks += columns.looks
    }
    if (k < distances.length && from.positions[k] < rowEnd) {
      columns.fitRow()
      looks += width
      for (; k < distances.length && from.positions[k] < rowEnd; k++)
        distances[k] = Math.sqrt(columns.nearestOfRow(from.positions[k] - rowStart))
    }
    budget.left -= looks
  }
  return budget.left < 0 ? undefined : distances
}

/** The elements of a surface by column, each column's rows ascending, seen from one row after another. */
class SortedColumns {
  /** Columns from the first to the last that has an element. */
  readonly width: number
  /** How many columns the last outward search looked at. */
  looks = 0
  readonly #left: number
  readonly #begins: Uint32Array
  readonly #rows: Int32Array
  /** In each column the first element that is not above the row; brought up to date when it is looked at. */
  readonly #next: Uint32Array
  #row = 0
  readonly #rowSpacing: number
  readonly #columnSpacing: number
  #envelope: LowerEnvelope | undefined

  constructor({ positions }: Surface, gridWidth: number, rowSpacing: number, columnSpacing: number) {
    this.#rowSpacing = rowSpacing
    this.#columnSpacing = columnSpacing
    let left = gridWidth
    let right = -1
    for (const position of positions) {
      const column = position % gridWidth
      if (column < left) left = column
      if (column > right) right = column
    }
    this.#left = left
    this.width = right - left + 1
    this.#begins = new Uint32Array(this.width + 1)
    for (const position of positions) this.#begins[(position % gridWidth) - left + 1]++
    for (let column = 0; column < this.width; column++) this.#begins[column + 1] += this.#begins[column]
    this.#next = this.#begins.slice(0, this.width)
    this.#rows = new Int32Array(positions.length)
    for (const position of positions)
      this.#rows[this.#next[(position % gridWidth) - left]++] = Math.floor(position / gridWidth)
    this.#next.set(this.#begins.subarray(0, this.width))
  }

  /** Rows must come in ascending order. */
  moveTo(row: number): void {
    this.#row = row
  }

  /** Squared distance from a column of the row to the nearest element. */
  nearestOutwards(gridColumn: number): number {
    const { width } = this
    const columnSpacing = this.#columnSpacing
    const column = gridColumn - this.#left
    let nearest = Number.POSITIVE_INFINITY
    let step = Math.max(0, -column, column - width + 1)
    const last = Math.max(column, width - 1 - column)
    this.looks = 1
    for (; step <= last; step++) {
      const across = step * columnSpacing
      const squared = across * across
      if (squared >= nearest) break
      const before = column - step
      const after = column + step
      if (before >= 0) nearest = Math.min(nearest, squared + this.#squaredInColumn(before))
      if (after < width && step > 0) nearest = Math.min(nearest, squared + this.#squaredInColumn(after))
      this.looks += 2
    }
    return nearest
  }

  /** Prepares `nearestOfRow` for the present row. */
  fitRow(): void {
    this.#envelope ??= new LowerEnvelope(this.width, this.#columnSpacing)
    this.#envelope.fit((column) => this.#squaredInColumn(column))
  }

  /** As `nearestOutwards`, for columns in ascending order. */
  nearestOfRow(gridColumn: number): number {
    return (this.#envelope as LowerEnvelope).valueAt(gridColumn - this.#left)
  }

  /** Squared distance within a column from the present row to the nearest element; Infinity in an empty column. */
  #squaredInColumn(column: number): number {
    const rows = this.#rows
    const next = this.#next
    const row = this.#row
    const begin = this.#begins[column]
    const end = this.#begins[column + 1]
    let below = next[column]
    while (below < end && rows[below] < row) below++
    next[column] = below
    let steps = below < end ? rows[below] - row : Number.POSITIVE_INFINITY
    if (below > begin) steps = Math.min(steps, row - rows[below - 1])
    const distance = steps * this.#rowSpacing
    return distance * distance
  }
}

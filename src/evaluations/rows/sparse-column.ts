import { GrowingColumn, type Numbers } from './growing-column.ts'

/** A few entries for each row: what it says of some of many labels. */
export interface SparseColumn {
  /** Entries of row i stand from `start[i]` to `start[i + 1]`. */
  readonly start: Numbers
  /** The label of each entry, as a position in `labels`. */
  readonly position: Numbers
  /** The numbers of each entry: one list for each kind of number, all of one length. */
  readonly values: readonly Numbers[]
  /** Labels by first appearance; null for objects without category. */
  readonly labels: readonly (number | null)[]
}

/** After so many rows it is guessed how many entries there will be. */
const rowsOfGuess = 1000
/** Room beside what is guessed; what is not used is no memory yet. */
const margin = 1.2

/** Builds a `SparseColumn` row by row. */
export class SparseColumnBuilder {
  readonly #rows: number
  readonly #start: GrowingColumn
  readonly #position = new GrowingColumn()
  readonly #values: readonly GrowingColumn[]
  readonly #positionOf = new Map<number | null, number>()

  /**
   * @param kinds how many numbers an entry has
   * @param rows how many there may be, where it is known
   */
  constructor(kinds: number, rows = 0) {
    this.#rows = rows
    this.#start = new GrowingColumn(rows + 1)
    this.#values = Array.from({ length: kinds }, () => new GrowingColumn())
    this.#start.push(0)
  }

  /** The next row: a label and its numbers in each entry. */
  addRow(entries: readonly (readonly [label: number | null, ...values: number[]])[]): void {
    for (const [label, ...values] of entries) {
      let position = this.#positionOf.get(label)
      if (position === undefined) {
        position = this.#positionOf.size
        this.#positionOf.set(label, position)
      }
      this.#position.push(position)
      for (let kind = 0; kind < values.length; kind++) this.#values[kind].push(values[kind])
    }
    this.#start.push(this.#position.length)
    if (this.#start.length === rowsOfGuess + 1) this.#expectEntries()
  }

  #expectEntries(): void {
    const entries = Math.ceil((margin * this.#rows * this.#position.length) / rowsOfGuess)
    for (const column of [this.#position, ...this.#values]) column.expect(entries)
  }

  get column(): SparseColumn {
    return {
      start: this.#start.values,
      position: this.#position.values,
      values: this.#values.map(({ values }) => values),
      labels: [...this.#positionOf.keys()],
    }
  }
}

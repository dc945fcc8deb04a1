import type { Numbers } from '../rows/growing-column.ts'
import type { MapNumbers } from '../rows/map-columns.ts'
import { withoutPrediction } from '../rows/map-row.ts'
import type { RowNumbers } from '../rows/row-columns.ts'
import { longestOf, push, pushSparse, type RowEntries } from './row-entries.ts'

/** Scores that are means over pixels. */
const means = ['log_loss', 'brier', 'js'] as const

/** Where the sums of probability maps stand in a `SumLayout`. What one counted image cannot tell has no sums. */
export class MapLayout {
  /** First of Σ N·H(Y|X), Σ N·H(X|Y) and Σ N·I(X;Y). */
  readonly loss: number | undefined
  /** Score → Σ N·score. */
  readonly means: ReadonlyMap<string, number>
  /** First of the sums of classes, six each. */
  readonly classes: number | undefined
  /** First of the sums of bins, pixels, confidence and hits each. */
  readonly bins: number | undefined
  readonly #columns: MapNumbers
  readonly #counted: Numbers
  readonly #terms: readonly { readonly values: Numbers; readonly sum: number }[]

  /** @param reserve gives the position of so many new sums */
  constructor({ counted, scores, size }: RowNumbers, columns: MapNumbers, reserve: (sums: number) => number) {
    const isKnown = (values: Numbers | undefined): values is Numbers =>
      values?.every((value, row) => !Number.isNaN(value) || counted[row] === 0) === true
    const { split, merge, mutual } = columns.entropies
    this.#columns = columns
    this.#counted = counted
    this.loss = isKnown(split) ? reserve(3) : undefined
    const known = means.flatMap((name) => {
      const values = scores.get(name)
      return isKnown(values) ? [{ name, values, sum: reserve(1) }] : []
    })
    this.means = new Map(known.map(({ name, sum }) => [name, sum]))
    const loss = this.loss
    const terms =
      loss === undefined ? [] : [split, merge, mutual].map((values, k) => ({ values, sum: loss + k }))
    this.#terms = [...terms, ...known]
    let withPixels = 0
    for (let row = 0; row < size; row++) if (counted[row] > 0) withPixels++
    const { telling, classes, bins } = columns
    this.classes = telling.classes === withPixels ? reserve(6 * classes.labels.length) : undefined
    const hasTop = bins.labels.some((bin) => bin !== withoutPrediction)
    const isBinned = hasTop && telling.bins === withPixels
    this.bins = isBinned ? reserve(3 * bins.labels.length) : undefined
  }

  /** Most entries that a row adds. */
  get longest(): number {
    return this.#terms.length + longestOf(this.#columns.classes) + longestOf(this.#columns.bins)
  }

  read(row: number, entries: RowEntries): void {
    const pixels = this.#counted[row]
    if (pixels === 0) return
    for (const { values, sum } of this.#terms) push(entries, sum, pixels * values[row])
    if (this.classes !== undefined) pushSparse(entries, this.#columns.classes, row, this.classes)
    if (this.bins !== undefined) pushSparse(entries, this.#columns.bins, row, this.bins)
  }

  /** Positions of the sums of a class; undefined for a label that no row tells of. */
  sumsOfClass(label: number): number | undefined {
    const position = this.#columns.classes.labels.indexOf(label)
    return position < 0 || this.classes === undefined ? undefined : this.classes + 6 * position
  }

  /** Number of bins that a row has pixels in. */
  get filledBins(): number {
    return this.#columns.bins.labels.length
  }
}

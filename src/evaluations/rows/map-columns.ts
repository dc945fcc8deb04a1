import { GrowingColumn, type Numbers } from './growing-column.ts'
import type { MapRow } from './map-row.ts'
import { type SparseColumn, SparseColumnBuilder } from './sparse-column.ts'

/** What the rows of a dataset of probability maps say, in columns: part of `RowNumbers`. */
export interface MapNumbers {
  /** H(Y|X), H(X|Y) and I(X;Y) of the joint table, in bits; NaN where there is no table. */
  readonly entropies: { readonly split: Numbers; readonly merge: Numbers; readonly mutual: Numbers }
  /** Σp, Σq, Σpq, Σp², Σq² and Σ min(p, q) of each class. */
  readonly classes: SparseColumn
  /** Pixels, Σ confidence and hits of each bin of the top label's confidence; the bin stands where labels do. */
  readonly bins: SparseColumn
  /** Rows with counted pixels that tell of classes, and of bins. */
  readonly telling: { readonly classes: number; readonly bins: number }
}

/** Builds `MapNumbers` row by row. */
export class MapColumnsBuilder {
  readonly #entropies = [new GrowingColumn(), new GrowingColumn(), new GrowingColumn()] as const
  readonly #classes = new SparseColumnBuilder(6)
  readonly #bins = new SparseColumnBuilder(3)
  readonly #telling = { classes: 0, bins: 0 }

  /** @param earlier rows that said nothing of maps */
  constructor(earlier: number) {
    for (let row = 0; row < earlier; row++) this.add({}, 0)
  }

  /** @param pixels that are counted */
  add({ soft, bins }: MapRow, pixels: number): void {
    for (const [k, column] of this.#entropies.entries()) column.push(soft?.entropies?.[k] ?? Number.NaN)
    this.#classes.addRow(soft?.classes ?? [])
    this.#bins.addRow((bins ?? []).flatMap(([label, ...bin]) => (label === null ? [bin] : [])))
    if (soft && pixels > 0) this.#telling.classes++
    if (bins && pixels > 0) this.#telling.bins++
  }

  get columns(): MapNumbers {
    const [split, merge, mutual] = this.#entropies.map(({ values }) => values)
    return {
      entropies: { split, merge, mutual },
      classes: this.#classes.column,
      bins: this.#bins.column,
      telling: { ...this.#telling },
    }
  }
}

import { GrowingColumn, type Numbers } from '../rows/growing-column.ts'
import type { ItemRow } from '../rows/item-row.ts'

/**
 * Finds files that are the prediction of several items, in 20 bytes an item: copies that nobody meant. Constant predictions
 * are left out, since empty images are alike.
 */
export class DuplicatePredictions {
  readonly #rows: GrowingColumn
  /** Two times 52 bits of the hash of each file. */
  readonly #high: GrowingColumn
  readonly #low: GrowingColumn

  /** @param rows how many there may be, where it is known */
  constructor(rows?: number) {
    this.#rows = new GrowingColumn(rows)
    this.#high = new GrowingColumn(rows)
    this.#low = new GrowingColumn(rows)
  }

  /** @param place of the row among those that are scored */
  add({ sha256: [, prediction], scores, status }: ItemRow, place: number): void {
    const constant = (scores.mi ?? 0) === 0 && (scores.vi_split ?? 0) === 0
    if (status !== 'scored' || prediction === null || constant) return
    this.#rows.push(place)
    this.#high.push(Number.parseInt(prediction.slice(0, 13), 16))
    this.#low.push(Number.parseInt(prediction.slice(13, 26), 16))
  }

  /** Places of the items that share their prediction with another one, ascending. */
  get places(): number[] {
    const high = this.#high.values
    const low = this.#low.values
    const suspects = repeated(high)
    const itemsOf = new Map<string, number[]>()
    high.forEach((part, item) => {
      if (!suspects.has(part)) return
      const file = `${part},${low[item]}`
      const items = itemsOf.get(file)
      if (items) items.push(item)
      else itemsOf.set(file, [item])
    })
    const doubled = [...itemsOf.values()].filter((items) => items.length > 1).flat()
    const rows = this.#rows.values
    return doubled.sort((a, b) => a - b).map((item) => rows[item])
  }
}

function repeated(values: Numbers): Set<number> {
  const ascending = values.slice().sort()
  return new Set(ascending.filter((value, k) => k > 0 && value === ascending[k - 1]))
}

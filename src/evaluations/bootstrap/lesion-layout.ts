import type { Numbers } from '../rows/growing-column.ts'
import { lesionScoreOf } from '../rows/lesion-scores.ts'
import { bratsMeans } from '../tally/lesion-means.ts'
import { push, type RowEntries } from './row-entries.ts'

interface LesionTerm {
  readonly values: Numbers
  readonly lesions: Numbers
  readonly invented: Numbers
  readonly sum: number
}

/** Where the sums over lesions and false components stand, Σ n · mean for each mean of BraTS; none where one is not known. */
export class LesionLayout {
  /** Score with its group or label → position. */
  readonly sums = new Map<string, number>()
  readonly #terms: LesionTerm[] = []

  /**
   * @param scores those whose sums are wanted
   * @param reserve gives the position of so many new sums
   */
  constructor(scores: ReadonlyMap<string, { readonly values: Numbers }>, reserve: (sums: number) => number) {
    for (const [name, { values }] of scores) {
      const [metric, place] = name.split('_of_')
      if (place === undefined || !bratsMeans.some((known) => known === metric)) continue
      const lesions = scores.get(lesionScoreOf('lesions', place))?.values
      const invented = scores.get(lesionScoreOf('lesions_false', place))?.values
      if (!lesions || !invented) continue
      if (values.some((value, row) => Number.isNaN(value) && lesions[row] + invented[row] > 0)) continue
      const sum = reserve(1)
      this.sums.set(name, sum)
      this.#terms.push({ values, lesions, invented, sum })
    }
  }

  /** Most entries that a row adds. */
  get longest(): number {
    return this.#terms.length
  }

  read(row: number, entries: RowEntries): void {
    for (const { values, lesions, invented, sum } of this.#terms) {
      const count = lesions[row] + invented[row]
      if (count > 0) push(entries, sum, count * values[row])
    }
  }
}

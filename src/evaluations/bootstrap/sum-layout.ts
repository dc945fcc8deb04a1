import { dice, intersectionOverUnion } from '../../metrics/overlap/class-scores.ts'
import type { Numbers } from '../rows/growing-column.ts'
import type { RowNumbers } from '../rows/row-columns.ts'
import type { SparseColumn } from '../rows/sparse-column.ts'
import { LesionLayout } from './lesion-layout.ts'
import { MapLayout } from './map-layout.ts'
import { longestOf, push, pushSparse, type RowEntries } from './row-entries.ts'

/** Which sums are wanted. */
export interface WantedSums {
  /** Sums of classes; false where labels are objects, or too many. */
  readonly classes: boolean
  /** Sums for the scores that are only resampled on request: labels that are no class, and means over images by class. */
  readonly all: boolean
  /** Scores whose means over images are wanted; all of them where this is absent. */
  readonly scores?: readonly string[]
}

interface ScoreSum {
  readonly values: Numbers
  /** Position of Σ weight · score. */
  readonly sum: number
  /** Position of Σ weight over the rows in which the score is defined. */
  readonly weight: number
}

/** Positions of the sums that pooled scores and means over images are computed from, and what each row adds to them. */
export class SumLayout {
  readonly columns: RowNumbers
  readonly pixels = 0
  readonly split = 1
  readonly merge = 2
  readonly mutual = 3
  readonly agreed = 4
  /** Of tp, fp and fn at IoU 1/2: this one and the two behind it. */
  readonly objectsAtHalf = 5
  /** Σ weight over all rows. */
  readonly #allRows = 8
  readonly scores = new Map<string, ScoreSum>()
  /** First of the sums of classes, tp, fp, fn each; undefined where there are none. */
  readonly classes: number | undefined
  readonly otherLabels: number | undefined
  /** First of the means over images by class, IoU, Dice, images each. */
  readonly byClass: number | undefined
  /** First of the sums of categories, IoU, tp, fp, fn each. */
  readonly panoptic: number
  /** Of probability maps; undefined where no row tells of any. */
  readonly maps: MapLayout | undefined
  readonly lesions: LesionLayout
  /** Number of sums. */
  readonly size: number

  constructor(columns: RowNumbers, wanted: WantedSums) {
    this.columns = columns
    let size = this.#allRows + 1
    const reserve = (sums: number) => {
      size += sums
      return size - sums
    }
    for (const [name, values] of columns.scores) {
      if (wanted.scores && !wanted.scores.includes(name)) continue
      const everywhere = !values.some(Number.isNaN)
      this.scores.set(name, { values, sum: reserve(1), weight: everywhere ? this.#allRows : reserve(1) })
    }
    const labels = columns.classes.labels.length
    if (wanted.classes) this.classes = reserve(3 * labels)
    if (wanted.classes && wanted.all) {
      this.otherLabels = reserve(3 * columns.otherLabels.labels.length)
      this.byClass = reserve(3 * labels)
    }
    this.panoptic = reserve(4 * columns.panoptic.labels.length)
    this.maps = columns.maps && new MapLayout(columns, columns.maps, reserve)
    this.lesions = new LesionLayout(this.scores, reserve)
    this.size = size
  }

  groupOf(row: number): number {
    return this.columns.groupOf[row]
  }

  /** Room for the entries of any row. */
  entries(): RowEntries {
    const { classes, otherLabels, panoptic } = this.columns
    const ofOthers = (this.maps?.longest ?? 0) + this.lesions.longest
    const ofLabels = 2 * longestOf(classes) + longestOf(otherLabels) + longestOf(panoptic)
    const size = 9 + 2 * this.scores.size + ofLabels + ofOthers
    return { sums: new Int32Array(size), values: new Float64Array(size), length: 0 }
  }

  /** Sets `entries` to what the row adds to the sums; zeros are left out. */
  read(row: number, entries: RowEntries): void {
    entries.length = 0
    const { columns } = this
    const counted = columns.counted[row]
    const weight = columns.weights?.[row] ?? 1
    push(entries, this.pixels, counted)
    push(entries, this.split, counted * this.#score('vi_split', row))
    push(entries, this.merge, counted * this.#score('vi_merge', row))
    push(entries, this.mutual, counted * this.#score('mi', row))
    push(entries, this.#allRows, weight)
    for (const score of this.scores.values()) {
      const value = score.values[row]
      if (Number.isNaN(value)) continue
      push(entries, score.sum, weight * value)
      if (score.weight !== this.#allRows) push(entries, score.weight, weight)
    }
    const half = columns.objectsAtHalf
    if (half) {
      push(entries, this.objectsAtHalf, half.tp[row])
      push(entries, this.objectsAtHalf + 1, half.fp[row])
      push(entries, this.objectsAtHalf + 2, half.fn[row])
    }
    this.#readLabels(row, entries)
    pushSparse(entries, columns.panoptic, row, this.panoptic)
    this.maps?.read(row, entries)
    this.lesions.read(row, entries)
  }

  #readLabels(row: number, entries: RowEntries): void {
    if (this.classes === undefined) return
    const { classes, otherLabels } = this.columns
    push(entries, this.agreed, matches(classes, row) + matches(otherLabels, row))
    pushSparse(entries, classes, row, this.classes)
    if (this.otherLabels !== undefined) pushSparse(entries, otherLabels, row, this.otherLabels)
    if (this.byClass === undefined) return
    const [tps, fps, fns] = classes.values
    for (let k = classes.start[row]; k < classes.start[row + 1]; k++) {
      const support = tps[k] + fns[k]
      const predicted = tps[k] + fps[k]
      if (support + predicted === 0) continue
      const first = this.byClass + 3 * classes.position[k]
      push(entries, first, intersectionOverUnion(support, predicted, tps[k]))
      push(entries, first + 1, dice(support, predicted, tps[k]))
      push(entries, first + 2, 1)
    }
  }

  #score(name: string, row: number): number {
    const value = this.columns.scores.get(name)?.[row] ?? 0
    return Number.isNaN(value) ? 0 : value
  }
}

/** Σ tp of a row. */
function matches(column: SparseColumn, row: number): number {
  const [tps] = column.values
  let sum = 0
  for (let k = column.start[row]; k < column.start[row + 1]; k++) sum += tps[k]
  return sum
}

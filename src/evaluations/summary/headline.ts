import { Statistics } from '../bootstrap/statistics.ts'
import { SumLayout, type WantedSums } from '../bootstrap/sum-layout.ts'
import type { RowColumns } from '../rows/row-columns.ts'
import { pooledAp } from './pooled-ap.ts'
import { type HeadlineScore, type HeadlineScores, headlineScores } from './summary.ts'

/** Where the summary holds AP, AR and their kind over the detections of all images. */
export const pooledDetectionPointer = (score: string): string => `/pooled/detection/${score}`

/** Where the summary holds a headline score that is pooled. */
export const pooledPointer: Readonly<Record<HeadlineScore, string>> = {
  mi_loss: '/pooled/mi_loss',
  mean_iou: '/pooled/overlap/mean_iou',
  pixel_accuracy: '/pooled/overlap/pixel_accuracy',
  mean_dice: '/pooled/overlap/mean_dice',
  pq: '/pooled/panoptic/pq',
  ap: pooledDetectionPointer('ap'),
  ap50: pooledDetectionPointer('ap50'),
  lesion_f1: '/pooled/lesions/mean_f1',
  soft_mi_loss: '/pooled/soft/mi_loss',
  log_loss: '/pooled/soft/log_loss',
  brier: '/pooled/soft/brier',
  ece: '/pooled/calibration/ece',
}

export const macroPointer = (score: string): string => `/macro/${score}/mean`

/** The headline scores of some of the rows. */
export class Headline {
  readonly #columns: RowColumns
  readonly #layout: SumLayout
  readonly #statistics: Statistics
  readonly #places: ReadonlyMap<string, number>
  readonly #thresholds: readonly number[]

  /** @param thresholds the IoU thresholds of `detection` */
  constructor(columns: RowColumns, wanted: Pick<WantedSums, 'classes'>, thresholds: readonly number[]) {
    this.#layout = new SumLayout(columns, { ...wanted, all: false, scores: headlineScores })
    this.#statistics = new Statistics(this.#layout, { perClass: [], byClass: [], half: -1 })
    this.#places = new Map(this.#statistics.list.map(({ pointer }, place) => [pointer, place]))
    this.#columns = columns
    this.#thresholds = thresholds
  }

  of(rows: Iterable<number>): { readonly pooled: HeadlineScores; readonly macro: HeadlineScores } {
    const list = [...rows]
    const values = this.#statistics.values(sumRows(this.#layout, list))
    const scores = (pointerOf: (score: HeadlineScore) => string): HeadlineScores =>
      Object.fromEntries(
        headlineScores.flatMap((score) => {
          const place = this.#places.get(pointerOf(score))
          return place === undefined ? [] : [[score, orNull(values[place])]]
        }),
      )
    const detection = pooledAp(this.#columns, list, this.#thresholds)
    return {
      pooled: { ...scores((score) => pooledPointer[score]), ...detection },
      macro: scores(macroPointer),
    }
  }
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** The sums of a layout over some rows, compensated as in `NeumaierSum`. */
export function sumRows(layout: SumLayout, rows: Iterable<number>): Float64Array {
  const sums = new Float64Array(layout.size)
  const lost = new Float64Array(layout.size)
  const entries = layout.entries()
  for (const row of rows) {
    layout.read(row, entries)
    for (let entry = 0; entry < entries.length; entry++) {
      const place = entries.sums[entry]
      const term = entries.values[entry]
      const next = sums[place] + term
      lost[place] +=
        Math.abs(sums[place]) >= Math.abs(term) ? sums[place] - next + term : term - next + sums[place]
      sums[place] = next
    }
  }
  return sums.map((sum, place) => sum + lost[place])
}

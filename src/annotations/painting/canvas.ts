import type { LabelArray } from '../../labels/label-map.ts'
import type { Budget } from '../budget.ts'
import type { ImageSize } from '../image-size.ts'
import type { PixelRuns } from './pixel-runs.ts'
import { rowRuns } from './row-runs.ts'

/** A closed outline x0, y0, x1, y1, … in pixels; the last vertex joins the first. At least three vertices. */
export type Ring = readonly number[] | Float64Array

/**
 * The pixel grid that regions paint themselves on, each over what is there. Row-major; ranges end before
 * `end`. What lies outside of the image is left out, so a shape may reach over the edge.
 */
export class Canvas {
  readonly width: number
  readonly height: number
  readonly labels: LabelArray
  readonly budget: Budget
  /** What is being painted: set before a region paints. */
  label = 0
  /** Where the region is in its document, for refusals. */
  pointer = ''
  /** Pixels painted so far; one that was painted twice counts twice. */
  painted = 0

  constructor(size: ImageSize, labels: LabelArray, budget: Budget) {
    this.width = size.width
    this.height = size.height
    this.labels = labels
    this.budget = budget
  }

  /** Pixels `start` to `end` in reading order. */
  run(start: number, end: number): void {
    this.budget.work(end - start, this.pointer)
    this.labels.fill(this.label, start, end)
    this.painted += end - start
  }

  /** Pixels `left` to `right` of one row. A call counts as work too, or rows outside of the image would be free. */
  row(y: number, left: number, right: number): void {
    this.budget.work(1, this.pointer)
    if (y < 0 || y >= this.height) return
    const from = Math.max(left, 0)
    const to = Math.min(right, this.width)
    if (from < to) this.run(y * this.width + from, y * this.width + to)
  }

  /** Pixels `top` to `bottom` of one column. */
  column(x: number, top: number, bottom: number): void {
    this.budget.work(1, this.pointer)
    if (x < 0 || x >= this.width) return
    const from = Math.max(top, 0)
    const to = Math.min(bottom, this.height)
    if (from >= to) return
    this.budget.work(to - from, this.pointer)
    this.painted += to - from
    const { labels, width, label } = this
    const stop = to * width + x
    for (let at = from * width + x; at < stop; at += width) labels[at] = label
  }

  /** Runs in column order, ascending, where they begin and end in turn; the last of an odd number reaches to the end. */
  columnRuns(ends: ArrayLike<number>): void {
    const rows = this.rowsOf(ends)
    if (rows) for (let run = 0; run < rows.length; run += 2) this.run(rows[run], rows[run + 1])
    else
      for (let at = 0; at < ends.length; at += 2)
        this.columnRun(ends[at], ends[at + 1] ?? this.width * this.height)
  }

  /** `rowRuns`; each column that is walked through is work, too. */
  protected rowsOf(ends: ArrayLike<number>): PixelRuns | undefined {
    if (ends.length === 0) return new Uint32Array()
    const end = ends.length % 2 === 1 ? this.width * this.height : ends[ends.length - 1]
    this.budget.work(Math.ceil((end - ends[0]) / this.height) + 1, this.pointer)
    return rowRuns(ends, this)
  }

  /** Pixels `start` to `end` in column order, the order of COCO: index = x · height + y. */
  columnRun(start: number, end: number): void {
    const { height } = this
    let x = Math.floor(start / height)
    let y = start - x * height
    let left = end - start
    while (left > 0) {
      const length = Math.min(left, height - y)
      this.column(x, y, y + length)
      left -= length
      x++
      y = 0
    }
  }
}

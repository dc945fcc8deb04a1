import type { Limits } from '../../limits.ts'
import type { AnnotatedImage, Region } from '../annotated-image.ts'
import { Budget } from '../budget.ts'
import { Canvas } from './canvas.ts'
import { areaOf, type PixelRuns } from './pixel-runs.ts'

/**
 * The pixels of every object of an annotation, by its instance: of its own mask, whatever lies over it.
 * @throws Refusal INPUT_TOO_LARGE for what would paint the image over and over, INVALID_ANNOTATION with its pointer
 */
export function objectRuns(image: AnnotatedImage, limits: Limits): ReadonlyMap<string, PixelRuns> {
  const { plane, regions } = image
  const painted = new Map<string, Region[]>()
  for (const region of regions) {
    const parts = painted.get(region.instance)
    if (parts) parts.push(region)
    else painted.set(region.instance, [region])
  }
  const planeRuns = plane && runsOfPlane(image, plane.ids)
  const canvas = new TracingCanvas(image, new Uint8Array(image.width * image.height), new Budget(limits))
  canvas.label = 1
  const runs = new Map<string, PixelRuns>()
  for (const [instance, parts] of painted) {
    for (const start of planeRuns?.get(instance) ?? []) canvas.run(start[0], start[1])
    for (const { paint, pointer } of parts) {
      canvas.pointer = pointer
      paint?.(canvas)
    }
    runs.set(instance, canvas.takeRuns())
  }
  return runs
}

/** Runs of every region of a plane of ids. */
function runsOfPlane(
  { regions, plane }: AnnotatedImage,
  ids: ArrayLike<number>,
): Map<string, [start: number, end: number][]> {
  const runs = new Map<string, [number, number][]>()
  for (let start = 0; start < ids.length; ) {
    const id = ids[start]
    let end = start + 1
    while (end < ids.length && ids[end] === id) end++
    const region = plane?.regionOf.get(id)
    if (region !== undefined) {
      const { instance } = regions[region]
      const known = runs.get(instance)
      if (known) known.push([start, end])
      else runs.set(instance, [[start, end]])
    }
    start = end
  }
  return runs
}

/**
 * A canvas that knows the box of what was painted, so that one canvas serves all objects. What is painted in one go is kept as
 * runs, and not painted at all.
 */
class TracingCanvas extends Canvas {
  #whole: PixelRuns | undefined
  #left = Number.POSITIVE_INFINITY
  #top = Number.POSITIVE_INFINITY
  #right = 0
  #bottom = 0

  override columnRuns(ends: ArrayLike<number>): void {
    const isFirst = this.#whole === undefined && this.#right === 0
    const runs = isFirst ? this.rowsOf(ends) : undefined
    if (!runs) {
      super.columnRuns(ends)
      return
    }
    this.budget.work(areaOf(runs), this.pointer)
    this.#whole = runs
  }

  override run(start: number, end: number): void {
    this.#paintWhole()
    super.run(start, end)
    this.#touchRun(start, Math.min(end, this.labels.length))
  }

  override column(x: number, top: number, bottom: number): void {
    this.#paintWhole()
    super.column(x, top, bottom)
    const from = Math.max(top, 0)
    const to = Math.min(bottom, this.height)
    if (x >= 0 && x < this.width && from < to) this.#touch(x, from, x + 1, to)
  }

  /** Something else comes on top of what was to be the whole object. */
  #paintWhole(): void {
    const runs = this.#whole
    if (!runs) return
    this.#whole = undefined
    for (let run = 0; run < runs.length; run += 2) {
      this.labels.fill(this.label, runs[run], runs[run + 1])
      this.#touchRun(runs[run], runs[run + 1])
    }
  }

  #touchRun(start: number, end: number): void {
    if (start >= end) return
    const { width } = this
    const top = Math.floor(start / width)
    const bottom = Math.floor((end - 1) / width)
    if (top === bottom) this.#touch(start - top * width, top, end - top * width, top + 1)
    else this.#touch(0, top, width, bottom + 1)
  }

  #touch(left: number, top: number, right: number, bottom: number): void {
    if (left < this.#left) this.#left = left
    if (top < this.#top) this.#top = top
    if (right > this.#right) this.#right = right
    if (bottom > this.#bottom) this.#bottom = bottom
  }

  /** The painted pixels; the canvas is empty again. */
  takeRuns(): PixelRuns {
    const whole = this.#whole
    this.#whole = undefined
    return whole ?? this.#takePainted()
  }

  #takePainted(): PixelRuns {
    const runs: number[] = []
    const { labels, width } = this
    for (let y = this.#top; y < this.#bottom; y++) {
      const right = y * width + this.#right
      for (let pixel = y * width + this.#left; pixel < right; pixel++) {
        if (labels[pixel] === 0) continue
        const start = pixel
        while (pixel < right && labels[pixel] !== 0) pixel++
        // A run that reaches the edge goes on in the next row.
        if (runs.at(-1) === start) runs[runs.length - 1] = pixel
        else runs.push(start, pixel)
      }
    }
    if (this.#top < this.#bottom) labels.fill(0, this.#top * width, this.#bottom * width)
    this.#left = Number.POSITIVE_INFINITY
    this.#top = Number.POSITIVE_INFINITY
    this.#right = 0
    this.#bottom = 0
    return Uint32Array.from(runs)
  }
}

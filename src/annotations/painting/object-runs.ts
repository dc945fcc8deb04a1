import type { Limits } from '../../limits.ts'
import type { AnnotatedImage, Region } from '../annotated-image.ts'
import { Budget } from '../budget.ts'
import { Canvas } from './canvas.ts'

/** Pixels of an object in reading order, as runs: `start` and `end` (which is not in it) in turn, ascending. */
export type PixelRuns = Uint32Array

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

/** A canvas that knows which part of it was painted, so that one canvas serves all objects. */
class TracingCanvas extends Canvas {
  #first = Number.POSITIVE_INFINITY
  #end = 0

  override run(start: number, end: number): void {
    super.run(start, end)
    this.#touch(start, end)
  }

  override column(x: number, top: number, bottom: number): void {
    super.column(x, top, bottom)
    const from = Math.max(top, 0)
    const to = Math.min(bottom, this.height)
    if (x >= 0 && x < this.width && from < to)
      this.#touch(from * this.width + x, (to - 1) * this.width + x + 1)
  }

  #touch(start: number, end: number): void {
    if (start < this.#first) this.#first = start
    if (end > this.#end) this.#end = Math.min(end, this.labels.length)
  }

  /** The painted pixels; the canvas is empty again. */
  takeRuns(): PixelRuns {
    const runs: number[] = []
    const { labels } = this
    for (let pixel = this.#first; pixel < this.#end; pixel++) {
      if (labels[pixel] === 0) continue
      const start = pixel
      while (pixel < this.#end && labels[pixel] !== 0) pixel++
      runs.push(start, pixel)
    }
    if (this.#first < this.#end) labels.fill(0, this.#first, this.#end)
    this.#first = Number.POSITIVE_INFINITY
    this.#end = 0
    return Uint32Array.from(runs)
  }
}

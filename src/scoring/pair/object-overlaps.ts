import type { PixelRuns } from '../../annotations/painting/object-runs.ts'
import type { ObjectOverlaps } from '../../metrics/instances/object-overlaps.ts'

/** An object that counts. */
export interface CountedObject {
  /** Its number in its annotation, or its segment in its label map. */
  readonly number: number
  readonly category: number
  /** All its pixels. */
  readonly runs: PixelRuns
  /** Its counted pixels. */
  readonly kept: PixelRuns
  /** How many pixels of it are counted. */
  readonly area: number
}

/** The part of runs where `keep` is 1. */
export function keptRuns(runs: PixelRuns, keep: Uint8Array): PixelRuns {
  const kept: number[] = []
  for (let run = 0; run < runs.length; run += 2)
    for (let pixel = runs[run]; pixel < runs[run + 1]; pixel++) {
      if (keep[pixel] === 0) continue
      const start = pixel
      while (pixel < runs[run + 1] && keep[pixel] !== 0) pixel++
      kept.push(start, pixel)
    }
  return Uint32Array.from(kept)
}

export function areaOf(runs: PixelRuns): number {
  let area = 0
  for (let run = 0; run < runs.length; run += 2) area += runs[run + 1] - runs[run]
  return area
}

/** How many pixels of runs `keep` has. */
export function keptArea(runs: PixelRuns, keep: Uint8Array): number {
  let area = 0
  for (let run = 0; run < runs.length; run += 2)
    for (let pixel = runs[run]; pixel < runs[run + 1]; pixel++) area += keep[pixel]
  return area
}

/** What overlaps are counted of. */
export type CountedPixels = Pick<CountedObject, 'kept' | 'area'>

/** Every pair of objects that shares a counted pixel. Objects of one side may overlap each other. */
export function countOverlaps(
  groundTruth: readonly CountedPixels[],
  prediction: readonly CountedPixels[],
): Omit<ObjectOverlaps, 'whenNone'> {
  const truth = sortedRuns(groundTruth)
  const predicted = sortedRuns(prediction)
  const shared = new Map<number, number>()
  for (let k = 0; k < truth.start.length; k++) {
    const [start, end] = [truth.start[k], truth.end[k]]
    // Runs before this one that reach as far as here are found by the furthest end so far.
    for (let j = firstFrom(predicted.start, end) - 1; j >= 0 && predicted.furthest[j] > start; j--) {
      const both = Math.min(end, predicted.end[j]) - Math.max(start, predicted.start[j])
      if (both <= 0) continue
      const key = truth.object[k] * prediction.length + predicted.object[j]
      shared.set(key, (shared.get(key) ?? 0) + both)
    }
  }
  const pairs = [...shared].sort(([a], [b]) => a - b)
  const rows = Uint32Array.from(pairs, ([key]) => Math.floor(key / prediction.length))
  const columns = Uint32Array.from(pairs, ([key]) => key % prediction.length)
  return {
    groundTruth: Float64Array.from(groundTruth, ({ area }) => area),
    prediction: Float64Array.from(prediction, ({ area }) => area),
    rows,
    columns,
    shared: Float64Array.from(pairs, ([, both]) => both),
    union: Float64Array.from(
      pairs,
      ([, both], k) => groundTruth[rows[k]].area + prediction[columns[k]].area - both,
    ),
  }
}

interface SortedRuns {
  readonly start: Float64Array
  readonly end: Float64Array
  /** The object of each run, by its index. */
  readonly object: Uint32Array
  /** The largest end of this run and of all before it. */
  readonly furthest: Float64Array
}

function sortedRuns(objects: readonly CountedPixels[]): SortedRuns {
  const runs: [start: number, end: number, object: number][] = []
  objects.forEach(({ kept }, object) => {
    for (let run = 0; run < kept.length; run += 2) runs.push([kept[run], kept[run + 1], object])
  })
  runs.sort(([a], [b]) => a - b)
  let furthest = 0
  return {
    start: Float64Array.from(runs, ([start]) => start),
    end: Float64Array.from(runs, ([, end]) => end),
    object: Uint32Array.from(runs, ([, , object]) => object),
    furthest: Float64Array.from(runs, ([, end]) => {
      furthest = Math.max(furthest, end)
      return furthest
    }),
  }
}

/** The first index whose value is at least `least`; the values ascend. */
function firstFrom(values: Float64Array, least: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle] < least) low = middle + 1
    else high = middle
  }
  return low
}

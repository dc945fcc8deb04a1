import type { PixelRuns } from '../../annotations/painting/pixel-runs.ts'
import type { ObjectOverlaps } from '../../metrics/instances/object-overlaps.ts'
import { boxOfRuns } from './box-of-runs.ts'
import { sharedPixels } from './shared-pixels.ts'

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

/** How many pixels of runs `keep` has. */
export function keptArea(runs: PixelRuns, keep: Uint8Array): number {
  let area = 0
  for (let run = 0; run < runs.length; run += 2)
    for (let pixel = runs[run]; pixel < runs[run + 1]; pixel++) area += keep[pixel]
  return area
}

/** What overlaps are counted of. */
export type CountedPixels = Pick<CountedObject, 'kept' | 'area'>

/**
 * Every pair of objects that shares a counted pixel. Objects of one side may overlap each other.
 * @param imageWidth pixels of a row
 */
export function countOverlaps(
  groundTruth: readonly CountedPixels[],
  prediction: readonly CountedPixels[],
  imageWidth: number,
): Omit<ObjectOverlaps, 'whenNone'> {
  const [rows, columns, shared]: [number[], number[], number[]] = [[], [], []]
  const candidatesOf = objectsNear(prediction, imageWidth)
  groundTruth.forEach(({ kept }, row) => {
    for (const column of candidatesOf(kept)) {
      const both = sharedPixels(kept, prediction[column].kept)
      if (both === 0) continue
      rows.push(row)
      columns.push(column)
      shared.push(both)
    }
  })
  return {
    groundTruth: Float64Array.from(groundTruth, ({ area }) => area),
    prediction: Float64Array.from(prediction, ({ area }) => area),
    rows: Uint32Array.from(rows),
    columns: Uint32Array.from(columns),
    shared: Float64Array.from(shared),
    union: Float64Array.from(
      shared,
      (both, k) => groundTruth[rows[k]].area + prediction[columns[k]].area - both,
    ),
  }
}

/** Answers, ascending, the objects whose box meets the box of some pixels. */
function objectsNear(
  objects: readonly CountedPixels[],
  imageWidth: number,
): (runs: PixelRuns) => readonly number[] {
  const boxed = objects
    .map(({ kept }, object) => ({
      object,
      start: kept[0],
      end: kept[kept.length - 1],
      box: boxOfRuns(kept, imageWidth),
    }))
    .filter(({ object }) => objects[object].kept.length > 0)
    .sort((a, b) => a.start - b.start)
  const starts = Float64Array.from(boxed, ({ start }) => start)
  // The furthest end of each object and of those that start before it: where it is passed there are no others.
  let furthest = 0
  const ends = Float64Array.from(boxed, ({ end }) => {
    furthest = Math.max(furthest, end)
    return furthest
  })
  return (runs) => {
    if (runs.length === 0 || boxed.length === 0) return []
    const found: number[] = []
    const [left, top, width, height] = boxOfRuns(runs, imageWidth)
    for (let k = firstFrom(starts, runs[runs.length - 1]) - 1; k >= 0 && ends[k] > runs[0]; k--) {
      const [x, y, columns, rows] = boxed[k].box
      const isNear = x < left + width && left < x + columns && y < top + height && top < y + rows
      if (isNear) found.push(boxed[k].object)
    }
    return found.sort((a, b) => a - b)
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

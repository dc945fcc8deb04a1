import type { PixelRuns } from '../../annotations/painting/pixel-runs.ts'
import type { ObjectOverlaps } from '../../metrics/instances/object-overlaps.ts'
import { onFirstUse } from '../on-first-use.ts'
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
  eachOverlap(groundTruth, prediction, imageWidth, (row, column, both) => {
    rows.push(row)
    columns.push(column)
    shared.push(both)
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

/**
 * Tells of every pair of objects that shares a counted pixel, and how many they share: by the ground truths, and of each by
 * the predictions, both ascending.
 */
export function eachOverlap(
  groundTruth: readonly CountedPixels[],
  prediction: readonly CountedPixels[],
  imageWidth: number,
  found: (row: number, column: number, shared: number) => void,
): void {
  const candidatesOf = objectsNear(prediction, imageWidth)
  for (let row = 0; row < groundTruth.length; row++) {
    const { kept } = groundTruth[row]
    for (const column of candidatesOf(kept)) {
      const shared = sharedPixels(kept, prediction[column].kept)
      if (shared > 0) found(row, column, shared)
    }
  }
}

/** Answers, ascending, the objects whose box meets the box of some pixels. */
function objectsNear(
  objects: readonly CountedPixels[],
  imageWidth: number,
): (runs: PixelRuns) => readonly number[] {
  const order: number[] = []
  for (let object = 0; object < objects.length; object++)
    if (objects[object].kept.length > 0) order.push(object)
  order.sort((a, b) => objects[a].kept[0] - objects[b].kept[0])
  const starts = order.map((object) => objects[object].kept[0])
  // The furthest end of each object and of those that start before it: where it is passed there are no others.
  let furthest = 0
  const ends = order.map((object) => {
    const { kept } = objects[object]
    furthest = Math.max(furthest, kept[kept.length - 1])
    return furthest
  })
  // Many objects lie nowhere near another one, and need no box.
  const boxes = order.map((object) => onFirstUse(() => boxOfRuns(objects[object].kept, imageWidth)))
  return (runs) => {
    const found: number[] = []
    if (runs.length === 0) return found
    const box = onFirstUse(() => boxOfRuns(runs, imageWidth))
    for (let k = firstFrom(starts, runs[runs.length - 1]) - 1; k >= 0 && ends[k] > runs[0]; k--)
      if (boxesMeet(box(), boxes[k]())) found.push(order[k])
    return found.length > 1 ? found.sort((a, b) => a - b) : found
  }
}

type BoxOfRuns = ReturnType<typeof boxOfRuns>

const boxesMeet = ([x, y, columns, rows]: BoxOfRuns, [left, top, width, height]: BoxOfRuns): boolean =>
  x < left + width && left < x + columns && y < top + height && top < y + rows

/** The first index whose value is at least `least`; the values ascend. */
function firstFrom(values: readonly number[], least: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle] < least) low = middle + 1
    else high = middle
  }
  return low
}

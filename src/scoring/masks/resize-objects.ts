import type { PixelRuns } from '../../annotations/painting/pixel-runs.ts'
import { nearestSources } from '../../labels/nearest-sources.ts'
import { resizeNearest } from '../../labels/resize-nearest.ts'
import { onFirstUse } from '../on-first-use.ts'
import type { Objects } from './annotated-objects.ts'

/** The objects of an image that is resized, by the rule of `resizeNearest`: what they cost follows their runs. */
export function resizeObjects(objects: Objects, width: number, height: number): Objects {
  const { size, shown } = objects
  const columns = firstOfEach(nearestSources(width, size.width), size.width)
  const rows = firstOfEach(nearestSources(height, size.height), size.height)
  const resizedRuns = (runs: PixelRuns): PixelRuns => {
    const resized: number[] = []
    const add = (start: number, end: number) => {
      if (start === end) return
      // Runs that touch, also around the end of a row, are one.
      if (resized.at(-1) === start) resized[resized.length - 1] = end
      else resized.push(start, end)
    }
    for (const [row, parts] of rowsOf(runs, size.width))
      for (let y = rows[row]; y < rows[row + 1]; y++)
        for (let part = 0; part < parts.length; part += 2)
          add(y * width + columns[parts[part]], y * width + columns[parts[part + 1]])
    return Uint32Array.from(resized)
  }
  return {
    ...objects,
    list: objects.list.map((object) => ({ ...object, runs: resizedRuns(object.runs) })),
    size: { width, height },
    shown: onFirstUse(() => resizeNearest(shown(), width, height)),
    without: (numbers) => {
      const painted = objects.without(numbers)
      return { ...painted, map: resizeNearest(painted.map, width, height) }
    },
  }
}

/** The first column of the resized image that shows source column c or a later one, for each c and for the end. */
function firstOfEach(sources: Uint32Array, size: number): Uint32Array {
  const first = new Uint32Array(size + 1)
  let x = 0
  for (let column = 0; column <= size; column++) {
    while (x < sources.length && sources[x] < column) x++
    first[column] = x
  }
  return first
}

/** Runs cut at the ends of rows: each row that has pixels, and its parts as columns `start` and `end` in turn. */
function rowsOf(runs: PixelRuns, width: number): Map<number, number[]> {
  const rows = new Map<number, number[]>()
  for (let run = 0; run < runs.length; run += 2)
    for (let start = runs[run]; start < runs[run + 1]; ) {
      const row = Math.floor(start / width)
      const end = Math.min(runs[run + 1], (row + 1) * width)
      const parts = rows.get(row)
      if (parts) parts.push(start - row * width, end - row * width)
      else rows.set(row, [start - row * width, end - row * width])
      start = end
    }
  return rows
}

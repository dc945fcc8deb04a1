import type { PixelRuns } from '../../annotations/painting/object-runs.ts'
import { resizeNearest } from '../../labels/resize-nearest.ts'
import type { Objects } from './annotated-objects.ts'

/** The objects of a mask that is resized, by the rule of `resizeNearest`. */
export function resizeObjects(objects: Objects, width: number, height: number): Objects {
  const { shown } = objects
  const scratch = new Uint8Array(shown.labels.length)
  const resizedRuns = (runs: PixelRuns): PixelRuns => {
    for (let run = 0; run < runs.length; run += 2) scratch.fill(1, runs[run], runs[run + 1])
    const { labels } = resizeNearest({ ...shown, labels: scratch }, width, height)
    for (let run = 0; run < runs.length; run += 2) scratch.fill(0, runs[run], runs[run + 1])
    return runsOfOnes(labels)
  }
  return {
    ...objects,
    list: objects.list.map((object) => ({ ...object, runs: resizedRuns(object.runs) })),
    shown: resizeNearest(shown, width, height),
    without: (numbers) => {
      const painted = objects.without(numbers)
      return { ...painted, map: resizeNearest(painted.map, width, height) }
    },
  }
}

function runsOfOnes(labels: ArrayLike<number>): PixelRuns {
  const runs: number[] = []
  for (let pixel = 0; pixel < labels.length; pixel++) {
    if (labels[pixel] === 0) continue
    const start = pixel
    while (pixel < labels.length && labels[pixel] !== 0) pixel++
    runs.push(start, pixel)
  }
  return Uint32Array.from(runs)
}

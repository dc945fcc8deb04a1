/** Pixels of an object in reading order, as runs: `start` and `end` (which is not in it) in turn, ascending. */
export type PixelRuns = Uint32Array

/** How many pixels runs hold. */
export function areaOf(runs: PixelRuns): number {
  let area = 0
  for (let run = 0; run < runs.length; run += 2) area += runs[run + 1] - runs[run]
  return area
}

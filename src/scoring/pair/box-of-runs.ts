import type { PixelRuns } from '../../annotations/painting/pixel-runs.ts'

/** The smallest box around pixels, as x, y, width, height; all 0 where there is none. */
export function boxOfRuns(
  runs: PixelRuns,
  imageWidth: number,
): readonly [x: number, y: number, width: number, height: number] {
  if (runs.length === 0) return [0, 0, 0, 0]
  const top = Math.floor(runs[0] / imageWidth)
  const bottom = Math.floor((runs[runs.length - 1] - 1) / imageWidth)
  let [left, right] = [imageWidth, 0]
  // The first pixel of the row that a run begins in, and of the next one.
  let row = top * imageWidth
  let next = row + imageWidth
  for (let run = 0; run < runs.length; run += 2) {
    const start = runs[run]
    const end = runs[run + 1]
    if (start >= next) {
      // Mostly it is the next row.
      row = start < next + imageWidth ? next : Math.floor(start / imageWidth) * imageWidth
      next = row + imageWidth
    }
    if (end > next) return [0, top, imageWidth, bottom - top + 1]
    if (start - row < left) left = start - row
    if (end - row > right) right = end - row
  }
  return [left, top, right - left, bottom - top + 1]
}

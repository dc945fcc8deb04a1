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
  for (let run = 0; run < runs.length; run += 2) {
    const [start, last] = [runs[run], runs[run + 1] - 1]
    const row = Math.floor(start / imageWidth)
    const isCut = Math.floor(last / imageWidth) > row
    left = Math.min(left, isCut ? 0 : start - row * imageWidth)
    right = Math.max(right, isCut ? imageWidth : last - row * imageWidth + 1)
  }
  return [left, top, right - left, bottom - top + 1]
}

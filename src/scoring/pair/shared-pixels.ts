import type { PixelRuns } from '../../annotations/painting/pixel-runs.ts'

/**
 * How many pixels two objects have in common. The time is that of the object with fewer runs: the runs of the other one
 * between are leapt over.
 */
export function sharedPixels(a: PixelRuns, b: PixelRuns): number {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a]
  let shared = 0
  let at = 0
  for (let run = 0; run < few.length; run += 2) {
    const start = few[run]
    const end = few[run + 1]
    at = firstEndingBehind(many, start, at)
    for (; at < many.length && many[at] < end; at += 2) {
      shared += Math.min(end, many[at + 1]) - Math.max(start, many[at])
      // It may reach into the next run, too.
      if (many[at + 1] > end) break
    }
  }
  return shared
}

/** The first of the runs from `from` on that ends behind a pixel: in leaps of double width, then between the last two. */
function firstEndingBehind(runs: PixelRuns, pixel: number, from: number): number {
  if (from >= runs.length || runs[from + 1] > pixel) return from
  let low = from
  let leap = 2
  while (low + leap < runs.length && runs[low + leap + 1] <= pixel) {
    low += leap
    leap *= 2
  }
  // The run at `low` does not end behind the pixel; the one at `high` does, or there is none.
  let high = Math.min(low + leap, runs.length)
  while (high - low > 2) {
    const middle = low + 2 * ((high - low) >> 2)
    if (runs[middle + 1] <= pixel) low = middle
    else high = middle
  }
  return high
}

import type { Objects } from '../masks/annotated-objects.ts'

/** How many pixels belong to more than one object. */
export function coveredPixels({ list, size }: Pick<Objects, 'list' | 'size'>): number {
  const times = new Uint8Array(size.width * size.height)
  let covered = 0
  for (const { runs } of list)
    for (let run = 0; run < runs.length; run += 2)
      for (let pixel = runs[run]; pixel < runs[run + 1]; pixel++) {
        if (times[pixel] === 1) covered++
        if (times[pixel] < 2) times[pixel]++
      }
  return covered
}

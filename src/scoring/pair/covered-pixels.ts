import type { Objects } from '../masks/annotated-objects.ts'

/** How many pixels belong to more than one object. */
export function coveredPixels({ list }: Pick<Objects, 'list'>): number {
  const size = list.reduce((sum, { runs }) => sum + runs.length / 2, 0)
  const starts = new Uint32Array(size)
  const ends = new Uint32Array(size)
  let at = 0
  for (const { runs } of list)
    for (let run = 0; run < runs.length; run += 2, at++) {
      starts[at] = runs[run]
      ends[at] = runs[run + 1]
    }
  starts.sort()
  ends.sort()
  let covered = 0
  // Runs of one object do not meet: of the runs that have begun, each that has not ended is another object.
  let ended = 0
  let since = 0
  for (let begun = 0; ended < size; ) {
    const depth = begun - ended
    const isStart = begun < size && starts[begun] < ends[ended]
    const pixel = isStart ? starts[begun] : ends[ended]
    if (depth > 1) covered += pixel - since
    since = pixel
    if (isStart) begun++
    else ended++
  }
  return covered
}

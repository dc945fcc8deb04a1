import type { PixelRuns } from '../../annotations/painting/pixel-runs.ts'
import type { LabelMap } from '../../labels/label-map.ts'

/** The pixels of every segment of a map, ascending by segment. */
export function segmentRuns({ labels }: LabelMap): Map<number, PixelRuns> {
  const lists = new Map<number, number[]>()
  for (let start = 0; start < labels.length; ) {
    const label = labels[start]
    let end = start + 1
    while (end < labels.length && labels[end] === label) end++
    const list = lists.get(label)
    if (list) list.push(start, end)
    else lists.set(label, [start, end])
    start = end
  }
  return new Map([...lists].sort(([a], [b]) => a - b).map(([label, list]) => [label, Uint32Array.from(list)]))
}

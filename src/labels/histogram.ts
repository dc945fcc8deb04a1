import type { LabelMap } from './label-map.ts'

/** Pixels of each label, ascending by label. The map is looked up once for each run of equal labels. */
export function histogram(map: LabelMap): [label: number, pixels: number][] {
  const counts = new Map<number, number>()
  const { labels } = map
  let start = 0
  while (start < labels.length) {
    const label = labels[start]
    let end = start + 1
    while (end < labels.length && labels[end] === label) end++
    counts.set(label, (counts.get(label) ?? 0) + end - start)
    start = end
  }
  return [...counts].sort(([a], [b]) => a - b)
}

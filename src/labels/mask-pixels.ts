import type { LabelMap } from './label-map.ts'

/**
 * Clears the pixels whose label `drops` names out of `keep` (1 = counted), in place. `drops` is called once for each run of equal labels.
 * Shapes: `keep.length === map.labels.length`.
 */
export function dropLabels(keep: Uint8Array, map: LabelMap, drops: (label: number) => boolean): void {
  const { labels } = map
  let start = 0
  while (start < labels.length) {
    const label = labels[start]
    let end = start + 1
    while (end < labels.length && labels[end] === label) end++
    if (drops(label)) keep.fill(0, start, end)
    start = end
  }
}

import type { LabelMap } from './label-map.ts'

/**
 * The same mask with other labels. `nameOf` is asked once a run. A mask that keeps its labels is returned as it is; one
 * whose type cannot hold a new label becomes `Uint32Array`.
 */
export function renameMap(map: LabelMap, nameOf: (label: number) => number): LabelMap {
  const { labels } = map
  let renamed: LabelMap['labels'] | undefined
  for (let start = 0; start < labels.length; ) {
    const label = labels[start]
    let end = start + 1
    while (end < labels.length && labels[end] === label) end++
    const name = nameOf(label)
    if (name !== label) {
      renamed ??= labels.slice()
      if (name >= 2 ** (8 * renamed.BYTES_PER_ELEMENT)) renamed = Uint32Array.from(renamed)
      renamed.fill(name, start, end)
    }
    start = end
  }
  return renamed ? { ...map, labels: renamed } : map
}

/** Foreground is any label but 0. */
export const binaryLabel = (label: number): number => (label === 0 ? 0 : 1)

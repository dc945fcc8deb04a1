import type { LabelMap } from './label-map.ts'

/** Foreground (any non-zero label) becomes 1. */
export function binarise(map: LabelMap): LabelMap {
  const labels = new Uint8Array(map.labels.length)
  for (let i = 0; i < labels.length; i++) labels[i] = map.labels[i] === 0 ? 0 : 1
  return { ...map, labels }
}

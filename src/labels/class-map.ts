import { isVolume, type LabelMap } from './label-map.ts'

/**
 * Which of a list of labels every pixel has: k + 1 for the k-th, 0 for none. A frame of zeros, one pixel wide, surrounds
 * the map, so that every pixel has neighbours and the outside belongs to no class.
 */
export interface ClassMap {
  /** Sides, frame included. A volume has a frame in depth too; an image's depth is 1. */
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly classes: Uint16Array
  /** How many labels were listed. */
  readonly count: number
}

/** At most 65,535 different labels. Pixels with `keep` 0 have no class. */
export function classMap(map: LabelMap, labels: readonly number[], keep?: Uint8Array): ClassMap {
  const width = map.width + 2
  const height = map.height + 2
  const framed = isVolume(map) ? 1 : 0
  const depth = map.depth + 2 * framed
  const classes = new Uint16Array(width * height * depth)
  const classOf = lookUp(labels)
  let pixel = 0
  let label = Number.NaN
  let found = 0
  for (let z = 0; z < map.depth; z++)
    for (let y = 0; y < map.height; y++) {
      let at = ((z + framed) * height + y + 1) * width + 1
      for (const end = pixel + map.width; pixel < end; pixel++, at++) {
        if (map.labels[pixel] !== label) {
          label = map.labels[pixel]
          found = classOf(label)
        }
        classes[at] = keep !== undefined && keep[pixel] === 0 ? 0 : found
      }
    }
  return { width, height, depth, classes, count: labels.length }
}

/** Looks small labels up in a table, and others in a hash. */
function lookUp(labels: readonly number[]): (label: number) => number {
  const table = new Uint16Array(2 ** 16)
  const others = new Map<number, number>()
  labels.forEach((label, k) => {
    if (label >= 0 && label < table.length) table[label] = k + 1
    else others.set(label, k + 1)
  })
  return (label) => (label >= 0 && label < table.length ? table[label] : (others.get(label) ?? 0))
}

import type { LabelMap } from '../../labels/label-map.ts'

/** A mask of the labels 0 and 1. */
export interface BinaryMask extends LabelMap {
  readonly labels: Uint8Array
}

/** Two binary masks of one box of a volume or image. */
export interface BinaryPair {
  readonly groundTruth: BinaryMask
  readonly prediction: BinaryMask
}

export interface BinaryPairOptions {
  /** Labels that are foreground. */
  readonly labels: ReadonlySet<number>
  /** Pixels with 0 belong to neither mask. */
  readonly keep?: Uint8Array | undefined
  /** Background that is kept around the foreground of both, in pixels, where the image has it. */
  readonly margin: number
}

/** The pixels of some labels, taken together, in the smallest box around them in both masks; of no pixels a box of none. */
export function binaryPair(
  groundTruth: LabelMap,
  prediction: LabelMap,
  { labels, keep, margin }: BinaryPairOptions,
): BinaryPair {
  const { width, height, depth } = groundTruth
  const isIn = memberOf(labels)
  const first = [width, height, depth]
  const last = [-1, -1, -1]
  for (let z = 0, pixel = 0; z < depth; z++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++, pixel++) {
        if (keep?.[pixel] === 0) continue
        if (!isIn(groundTruth.labels[pixel]) && !isIn(prediction.labels[pixel])) continue
        if (x < first[0]) first[0] = x
        if (x > last[0]) last[0] = x
        if (y < first[1]) first[1] = y
        if (y > last[1]) last[1] = y
        if (z < first[2]) first[2] = z
        last[2] = z
      }
  const sides = [width, height, depth]
  const begin = first.map((at, axis) => Math.max(0, Math.min(at, sides[axis]) - margin))
  const size = last.map((at, axis) => Math.max(0, Math.min(sides[axis] - 1, at + margin) - begin[axis] + 1))
  const cut = (map: LabelMap): BinaryMask => {
    const box = new Uint8Array(size[0] * size[1] * size[2])
    let to = 0
    for (let z = begin[2]; z < begin[2] + size[2]; z++)
      for (let y = begin[1]; y < begin[1] + size[1]; y++) {
        const row = (z * height + y) * width
        for (let x = begin[0]; x < begin[0] + size[0]; x++, to++)
          if (isIn(map.labels[row + x]) && keep?.[row + x] !== 0) box[to] = 1
      }
    return { ...map, width: size[0], height: size[1], depth: size[2], labels: box }
  }
  return { groundTruth: cut(groundTruth), prediction: cut(prediction) }
}

/** Equal labels come in runs: each is looked up once a run. */
function memberOf(labels: ReadonlySet<number>): (label: number) => boolean {
  let known = Number.NaN
  let isIn = false
  return (label) => {
    if (label !== known) {
      known = label
      isIn = labels.has(label)
    }
    return isIn
  }
}

import { isVolume, type LabelMap } from './label-map.ts'

/** `[x, y, width, height]`, of a volume `[x, y, z, width, height, depth]`; x counts columns, y rows, z slices. */
export type BoundingBox = readonly number[]

/**
 * The smallest box around every label's pixels, by label, in pixels. Pixels with `keep` 0 are not looked at; a label
 * without any other has no box. One pass over horizontal runs.
 */
export function boundingBoxes(map: LabelMap, keep?: Uint8Array): ReadonlyMap<number, BoundingBox> {
  const { width, height, depth, labels } = map
  const extents = new Map<number, Extent>()
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) {
      const row = (z * height + y) * width
      for (let x = 0; x < width; ) {
        const start = x
        const label = labels[row + start]
        const kept = keep === undefined || keep[row + start] !== 0
        do x++
        while (
          x < width &&
          labels[row + x] === label &&
          (keep === undefined || (keep[row + x] !== 0) === kept)
        )
        if (!kept) continue
        const extent = extents.get(label)
        if (extent) grow(extent, start, x - 1, y, z)
        else extents.set(label, { left: start, right: x - 1, top: y, bottom: y, front: z, back: z })
      }
    }
  return new Map(Array.from(extents, ([label, extent]) => [label, boxOf(extent, isVolume(map))]))
}

/** First and last column, row and slice, both inclusive. */
interface Extent {
  left: number
  right: number
  top: number
  bottom: number
  readonly front: number
  back: number
}

/** Rows come in order, but those of a later slice start again at the top. */
function grow(extent: Extent, left: number, right: number, y: number, z: number): void {
  if (left < extent.left) extent.left = left
  if (right > extent.right) extent.right = right
  if (y < extent.top) extent.top = y
  if (y > extent.bottom) extent.bottom = y
  extent.back = z
}

function boxOf({ left, right, top, bottom, front, back }: Extent, inVolume: boolean): BoundingBox {
  const [width, height] = [right - left + 1, bottom - top + 1]
  return inVolume ? [left, top, front, width, height, back - front + 1] : [left, top, width, height]
}

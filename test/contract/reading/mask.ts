/** A mask as plain numbers: `labels` row by row, slice by slice. */
export interface Mask {
  readonly width: number
  readonly height: number
  readonly depth: number
  /** Whether it is a volume, which one slice can be as well. */
  readonly isVolume: boolean
  readonly labels: readonly number[]
}

export interface Place {
  readonly x: number
  readonly y: number
  readonly z: number
}

export const sizeOf = ({ width, height, depth }: Mask): number => width * height * depth

export const placeOf = (mask: Mask, pixel: number): Place => ({
  x: pixel % mask.width,
  y: Math.floor(pixel / mask.width) % mask.height,
  z: Math.floor(pixel / (mask.width * mask.height)),
})

/** The pixel at a place; undefined outside of the mask. */
export function pixelAt(mask: Mask, { x, y, z }: Place): number | undefined {
  const inside = x >= 0 && y >= 0 && z >= 0 && x < mask.width && y < mask.height && z < mask.depth
  return inside ? (z * mask.height + y) * mask.width + x : undefined
}

/** Steps to the neighbours: 4 or 8 in an image, 6, 18 or 26 in a volume. */
function stepsOf(connectivity: number): Place[] {
  const axes = connectivity === 4 || connectivity === 8 ? 2 : 3
  // How many axes a step may move along at once.
  const moves = { 4: 1, 8: 2, 6: 1, 18: 2, 26: 3 }[connectivity] as number
  const steps: Place[] = []
  for (const z of axes === 2 ? [0] : [-1, 0, 1])
    for (const y of [-1, 0, 1])
      for (const x of [-1, 0, 1]) {
        const moved = Math.abs(x) + Math.abs(y) + Math.abs(z)
        if (moved > 0 && moved <= moves) steps.push({ x, y, z })
      }
  return steps
}

/** The neighbours of a pixel; undefined for each that is outside of the mask. */
export function neighboursOf(mask: Mask, pixel: number, connectivity: number): (number | undefined)[] {
  const { x, y, z } = placeOf(mask, pixel)
  return stepsOf(connectivity).map((step) => pixelAt(mask, { x: x + step.x, y: y + step.y, z: z + step.z }))
}

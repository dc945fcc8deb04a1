/** One class of a map as an image. */
export interface Plane {
  readonly values: Float64Array
  readonly width: number
  readonly height: number
}

/** The largest value of every window of `size` × `size`, stride `size`, with a padding of ⌊size/2⌋ that is never largest. */
export function maxPool(plane: Plane, size: number): Plane {
  if (size === 1) return plane
  const padding = Math.floor(size / 2)
  const pooled = (side: number) => Math.floor((side + 2 * padding - size) / size) + 1
  const width = pooled(plane.width)
  const height = pooled(plane.height)
  const values = new Float64Array(width * height).fill(-Infinity)
  for (let y = 0; y < plane.height; y++) {
    const row = Math.floor((y + padding) / size)
    if (row >= height) continue
    for (let x = 0; x < plane.width; x++) {
      const column = Math.floor((x + padding) / size)
      if (column >= width) continue
      const at = row * width + column
      const value = plane.values[y * plane.width + x]
      if (value > values[at]) values[at] = value
    }
  }
  return { values, width, height }
}

import { type Mask, neighboursOf, placeOf } from './mask.ts'

export interface Tolerance {
  readonly distance: number
  /** Across slices as well, or in each section by itself. */
  readonly axes: 'section' | 'volume'
  /** Size of a pixel: depth, row, column. */
  readonly spacing: readonly [number, number, number]
}

/** Which pixels lie within the tolerance of a border between labels. A border pixel has another label beside it. */
export function nearBorder(mask: Mask, { distance, axes, spacing }: Tolerance): boolean[] {
  const connectivity = axes === 'volume' && mask.isVolume ? 6 : 4
  const borders = mask.labels.flatMap((label, pixel) => {
    const differs = neighboursOf(mask, pixel, connectivity).some(
      (next) => next !== undefined && mask.labels[next] !== label,
    )
    return differs ? [placeOf(mask, pixel)] : []
  })
  return mask.labels.map((_, pixel) => {
    const { x, y, z } = placeOf(mask, pixel)
    return borders.some((border) => {
      if (axes === 'section' && border.z !== z) return false
      const [dz, dy, dx] = [border.z - z, border.y - y, border.x - x]
      const squared = (dz * spacing[0]) ** 2 + (dy * spacing[1]) ** 2 + (dx * spacing[2]) ** 2
      return squared <= distance ** 2
    })
  })
}

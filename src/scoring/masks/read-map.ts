import { openMap } from '../../decoding/probabilities/open-map.ts'
import type { MapSize, StoredArray } from '../../decoding/probabilities/stored-array.ts'
import type { DecodedMask } from '../../labels/decoded-mask.ts'
import type { ProbabilityMap } from '../../labels/probability-map.ts'
import type { Limits } from '../../limits.ts'
import type { OpenedMask } from './open-mask.ts'

/**
 * A probability map with the labels of highest probability.
 * @param size of another mask of the request, where one is known
 */
export function readMap(
  { array, options }: Extract<OpenedMask, { kind: 'probabilities' }>,
  size: MapSize | undefined,
  limits: Limits,
): DecodedMask & { readonly probabilities: ProbabilityMap } {
  const own = ownSize(array, size)
  const { map: probabilities, labels } = openMap(array, options, own ?? size, limits)
  const { width, height, depth } = probabilities
  return {
    map: { width, height, depth, labels, ...(own && array.isVolume && { volume: true as const }) },
    format: array.format,
    encoding: `${array.format}-${array.type}:probabilities`,
    warnings: array.warnings,
    ...(own && array.geometry && { geometry: array.geometry }),
    probabilities,
  }
}

/** The size that a file tells of; not where its slices can only be the classes of an image. */
const ownSize = ({ size: own }: StoredArray, other: MapSize | undefined): MapSize | undefined =>
  own && other?.depth === 1 && own.depth > 1 ? undefined : own

/** The size of the masks of a request, as those tell it whose axes are known without the others. */
export function knownSize(opened: readonly OpenedMask[]): MapSize | undefined {
  for (const mask of opened) {
    if (mask.kind === 'labels') return mask.mask.map
    if (mask.kind === 'regions') return { width: mask.image.width, height: mask.image.height, depth: 1 }
  }
  for (const mask of opened) {
    if (mask.kind !== 'probabilities' || mask.options.layout !== 'auto') continue
    if (mask.array.size) return mask.array.size
    const sides = mask.array.shape.filter((side) => side !== 1)
    if (sides.length === 2) return { width: sides[1], height: sides[0], depth: 1 }
  }
  return undefined
}

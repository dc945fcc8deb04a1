import { difference } from '../../../labels/difference.ts'
import type { RegionTile } from '../masks/region-tiles.ts'
import type { LoadedPair } from './loaded-pair.ts'

/** What is at one pixel, or in the block of pixels that was read of very large masks. */
export interface PixelFacts {
  readonly x: number
  readonly y: number
  /** Pixels a side of the block; 1: it is the pixel itself. */
  readonly block: number
  /** Labels of the pixel, or of the first one of the block. */
  readonly truth: number
  readonly predicted: number
  /** Code of the difference, of a block the worst one. */
  readonly code: number
  /** Bits of the pixel, of a block those of the worst; undefined where they were not read. */
  readonly bits: number | undefined
  /** Their two parts, where they are known. */
  readonly loss: { readonly split: number; readonly merge: number } | undefined
}

/** Undefined where the pixel was not read yet. */
export function pixelFacts({ masks }: LoadedPair, [x, y]: readonly [number, number]): PixelFacts | undefined {
  if ('regions' in masks) {
    const [tile, lossTile] = [masks.regions.at('labels', x, y), masks.regions.at('loss', x, y)]
    if (!tile) return undefined
    const at = placeIn(tile, x, y)
    const { groundTruth, prediction, codes } = tile.masks
    const bits = lossTile?.level === tile.level ? lossTile.bits[placeIn(lossTile, x, y)] : undefined
    const block = 2 ** tile.level
    const labels = { truth: groundTruth[at], predicted: prediction[at], code: codes[at] }
    return { x: x - (x % block), y: y - (y % block), block, ...labels, bits, loss: undefined }
  }
  const { width, groundTruth, prediction, codes, partition, losses } = masks
  const at = y * width + x
  const isCounted = codes[at] !== difference.ignored
  const loss = isCounted ? losses.of(partition.groundTruth[at], partition.prediction[at]) : undefined
  const labels = { truth: groundTruth[at], predicted: prediction[at], code: codes[at] }
  return { x, y, block: 1, ...labels, bits: loss && loss.split + loss.merge, loss }
}

const placeIn = (
  { level, x: left, y: top, masks: { width, held } }: RegionTile,
  x: number,
  y: number,
): number => Math.floor((y - top) / 2 ** level) * (held?.width ?? width) + Math.floor((x - left) / 2 ** level)

import type { RegionTile } from './region-tiles.ts'
import type { TileCache } from './tile-cache.ts'
import { factorOf, type Scale } from './view.ts'
import type { RegionPass } from './viewer-layers.ts'

/** Where the first pixel of the masks lies on the canvas, and how large pixels are; `shrink` is a power of two. */
interface Placed {
  readonly left: number
  readonly top: number
  readonly scale: Scale
}

/** Draws what was read of masks that are not held. Until a tile is there, coarser ones stand in its place. */
export function drawRegions(
  context: CanvasRenderingContext2D,
  tiles: TileCache,
  { regions, kind, sourceOf }: RegionPass,
  { left, top, scale }: Placed,
): void {
  const { width, height } = context.canvas
  const factor = factorOf(scale)
  const box = [-left / factor, -top / factor, (width - left) / factor, (height - top) / factor] as const
  const { here, missing, coarser } = regions.seen(kind, Math.log2(scale.shrink), box)
  const draw = ({ level, x, y, sources }: RegionTile) =>
    tiles.draw(
      context,
      sourceOf(sources),
      { left: left + x * factor, top: top + y * factor },
      { grow: factor * 2 ** level, shrink: 1 },
    )
  if (coarser.length > 0) {
    context.save()
    context.beginPath()
    for (const { x, y, side } of missing)
      context.rect(left + x * factor, top + y * factor, side * factor, side * factor)
    context.clip()
    for (const tile of coarser) draw(tile)
    context.restore()
  }
  for (const tile of here) draw(tile)
}

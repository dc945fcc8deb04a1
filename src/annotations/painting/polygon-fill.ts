import type { PolygonFill } from '../reader-options.ts'
import type { Canvas, Ring } from './canvas.ts'
import { fillCenter } from './fill-center.ts'
import { fillCoco } from './fill-coco.ts'
import { fillInclusive } from './fill-inclusive.ts'

const fills: Record<PolygonFill, (canvas: Canvas, rings: readonly Ring[]) => void> = {
  coco: fillCoco,
  center: fillCenter,
  inclusive: fillInclusive,
}

/**
 * Paints a polygon. Several rings are one shape by the even-odd rule: a ring inside of another is a hole.
 * The rules differ by about half a pixel all around, which is several per cent of a small object's area:
 * masks are comparable only under one rule.
 */
export function fillPolygon(canvas: Canvas, rings: readonly Ring[], fill: PolygonFill): void {
  fills[fill](canvas, rings)
}

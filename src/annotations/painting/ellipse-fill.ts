import type { PolygonFill } from '../reader-options.ts'
import type { Canvas } from './canvas.ts'
import { drawEllipse } from './drawn-ellipse.ts'

export interface Ellipse {
  readonly x: number
  readonly y: number
  readonly radiusX: number
  readonly radiusY: number
  /** Degrees, clockwise as seen on the screen. */
  readonly rotation: number
}

/**
 * Paints the pixels whose centre, at (x + 1/2, y + 1/2), is in the ellipse or on its rim. By the rule "inclusive"
 * coordinates name pixels and the outline belongs to the shape: an upright ellipse is drawn as `drawEllipse` does, a
 * turned one reaches half a pixel further. An ellipse without area paints nothing.
 */
export function fillEllipse(canvas: Canvas, ellipse: Ellipse, fill: PolygonFill): void {
  if (!(ellipse.radiusX > 0 && ellipse.radiusY > 0)) return
  const isDrawn = fill === 'inclusive'
  if (isDrawn && ellipse.rotation === 0) {
    drawEllipse(canvas, boxOf(ellipse))
    return
  }
  const outline = isDrawn ? 0.5 : 0
  const [radiusX, radiusY] = [ellipse.radiusX + outline, ellipse.radiusY + outline]
  const centre = isDrawn ? 0 : 0.5
  const angle = (ellipse.rotation * Math.PI) / 180
  const cosine = Math.cos(angle)
  const sine = Math.sin(angle)
  const flatX = 1 / radiusX ** 2
  const flatY = 1 / radiusY ** 2
  // With v the distance of a row from the middle, the rim is where a·u² + b·v·u + c·v² = 1.
  const a = cosine ** 2 * flatX + sine ** 2 * flatY
  const b = 2 * cosine * sine * (flatX - flatY)
  const c = sine ** 2 * flatX + cosine ** 2 * flatY
  const reach = Math.hypot(radiusX * sine, radiusY * cosine)
  const last = Math.min(Math.floor(ellipse.y + reach - centre), canvas.height - 1)
  for (let y = Math.max(Math.ceil(ellipse.y - reach - centre), 0); y <= last; y++) {
    const v = y + centre - ellipse.y
    const root = Math.sqrt(Math.max(0, (b * v) ** 2 - 4 * a * (c * v ** 2 - 1)))
    const left = ellipse.x + (-b * v - root) / (2 * a) - centre
    const right = ellipse.x + (-b * v + root) / (2 * a) - centre
    canvas.row(y, Math.ceil(left), Math.floor(right) + 1)
  }
}

function boxOf({ x, y, radiusX, radiusY }: Ellipse) {
  return { left: x - radiusX, top: y - radiusY, right: x + radiusX, bottom: y + radiusY }
}

import type { PolygonFill } from '../reader-options.ts'
import type { Canvas } from './canvas.ts'

export interface Ellipse {
  readonly x: number
  readonly y: number
  readonly radiusX: number
  readonly radiusY: number
  /** Degrees, clockwise as seen on the screen. */
  readonly rotation: number
}

/**
 * Paints the pixels whose centre is in the ellipse or on its rim. A centre is at (x + 1/2, y + 1/2); by the
 * rule "inclusive", where coordinates name pixels, it is at (x, y). An ellipse without area paints nothing.
 */
export function fillEllipse(canvas: Canvas, ellipse: Ellipse, fill: PolygonFill): void {
  const { radiusX, radiusY } = ellipse
  if (!(radiusX > 0 && radiusY > 0)) return
  const centre = fill === 'inclusive' ? 0 : 0.5
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

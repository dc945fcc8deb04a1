import type { Canvas, Ring } from './canvas.ts'

/*
 * A pixel is inside when its centre (x + 1/2, y + 1/2) is, by the even-odd rule, with exact vertices. A centre
 * on the left or upper edge is inside, one on the right or lower edge is outside, so shapes that share an edge
 * share no pixel.
 */

/** Paints the pixels whose centre is an odd number of times inside of the rings. */
export function fillCenter(canvas: Canvas, rings: readonly Ring[]): void {
  const crossings: number[] = []
  for (const ring of rings) crossRows(ring, canvas, crossings)
  // A row's crossings follow each other: the keys are ordered by row, then by column.
  const keys = Float64Array.from(crossings).sort()
  const stride = canvas.width + 1
  for (let at = 0; at + 1 < keys.length; at += 2) {
    const y = Math.floor(keys[at] / stride)
    canvas.row(y, keys[at] - y * stride, keys[at + 1] - y * stride)
  }
}

/** Appends, for every row centre an edge passes, row · (width + 1) + the first column right of the edge. */
function crossRows(ring: Ring, canvas: Canvas, crossings: number[]): void {
  const { width, height, budget, pointer } = canvas
  for (let at = 0; at < ring.length; at += 2) {
    const next = at + 2 < ring.length ? at + 2 : 0
    const [upper, lower] = ring[at + 1] <= ring[next + 1] ? [at, next] : [next, at]
    const top = Math.max(0, Math.ceil(ring[upper + 1] - 0.5))
    const bottom = Math.min(height, Math.ceil(ring[lower + 1] - 0.5))
    budget.runs(Math.max(0, bottom - top), pointer)
    const slope = (ring[lower] - ring[upper]) / (ring[lower + 1] - ring[upper + 1])
    for (let y = top; y < bottom; y++) {
      const x = ring[upper] + (y + 0.5 - ring[upper + 1]) * slope
      crossings.push(y * (width + 1) + Math.min(Math.max(Math.ceil(x - 0.5), 0), width))
    }
  }
}

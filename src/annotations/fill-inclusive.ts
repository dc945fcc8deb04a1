import type { Canvas } from './canvas.ts'
import type { Ring } from './ring.ts'

/*
 * The rule of drawing programs, as labelme and the Cityscapes scripts use it: vertices are cut to integers and
 * name pixels, and the outline belongs to the shape. A row is filled between pairs of crossings, from the
 * rounded left to the rounded right one, both included; horizontal edges and lower corners are drawn.
 */

/** Paints the pixels inside (even-odd) of the rings and their outlines' rows. */
export function fillInclusive(canvas: Canvas, rings: readonly Ring[]): void {
  const rows = new Map<number, number[]>()
  for (const ring of rings) {
    const corners = ring.map(Math.trunc)
    for (let at = 0; at < corners.length; at += 2) {
      const next = at + 2 < corners.length ? at + 2 : 0
      addEdge(canvas, rows, corners[at], corners[at + 1], corners[next], corners[next + 1])
    }
  }
  for (const [y, crossings] of rows) {
    crossings.sort((a, b) => a - b)
    for (let at = 0; at + 1 < crossings.length; at += 2)
      canvas.row(y, Math.floor(crossings[at] + 0.5), Math.ceil(crossings[at + 1] - 0.5) + 1)
  }
}

function addEdge(
  canvas: Canvas,
  rows: Map<number, number[]>,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  if (y0 === y1) {
    canvas.row(y0, Math.min(x0, x1), Math.max(x0, x1) + 1)
    return
  }
  const top = Math.max(0, Math.min(y0, y1))
  const bottom = Math.min(canvas.height, Math.max(y0, y1))
  canvas.budget.runs(Math.max(0, bottom - top), canvas.pointer)
  // Single precision, as the drawing library computes: the roundings must fall the same way.
  const slope = Math.fround((x1 - x0) / (y1 - y0))
  for (let y = top; y < bottom; y++) {
    const x = Math.fround(Math.fround((y - y0) * slope) + x0)
    const row = rows.get(y)
    if (row) row.push(x)
    else rows.set(y, [x])
  }
  const corner = y1 > y0 ? x1 : x0
  canvas.row(Math.max(y0, y1), corner, corner + 1)
}

import type { Canvas, Ring } from './canvas.ts'

/*
 * The rule of drawing programs, as labelme and the Cityscapes scripts use it: vertices are cut to integers and
 * name pixels, and the outline belongs to the shape. A row is filled between pairs of crossings, from the
 * rounded left to the rounded right one, both included; horizontal edges and lower corners are drawn. The row
 * of an upper corner whose two edges lean to one side is drawn on to where the next row begins, so that a
 * slanted tip stays connected. How Pillow treats corners depends on its version: this agrees with labelme's
 * own exports to the pixel and is not claimed to agree with every Pillow.
 */

/** Paints the pixels inside (even-odd) of the rings, their outlines included. */
export function fillInclusive(canvas: Canvas, rings: readonly Ring[]): void {
  const rows = new Map<number, number[]>()
  const outlines = rings.map((ring) => ring.map(Math.trunc))
  for (const ring of outlines) {
    for (let at = 0; at < ring.length; at += 2) {
      const next = at + 2 < ring.length ? at + 2 : 0
      addEdge(canvas, rows, ring[at], ring[at + 1], ring[next], ring[next + 1])
      const previous = at > 0 ? at - 2 : ring.length - 2
      drawTip(canvas, ring, previous, at, next)
    }
  }
  for (const [y, crossings] of rows) {
    crossings.sort((a, b) => a - b)
    for (let at = 0; at + 1 < crossings.length; at += 2) drawSpan(canvas, y, crossings[at], crossings[at + 1])
  }
}

function drawSpan(canvas: Canvas, y: number, left: number, right: number): void {
  canvas.row(y, Math.floor(left + 0.5), Math.ceil(right - 0.5) + 1)
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

/** `at` is a tip when both of its neighbours lie below it. */
function drawTip(canvas: Canvas, ring: Ring, previous: number, at: number, next: number): void {
  const [x, y] = [ring[at], ring[at + 1]]
  if (ring[previous + 1] <= y || ring[next + 1] <= y) return
  // How far to the right of the tip each edge is in the next row.
  const first = (ring[previous] - x) / (ring[previous + 1] - y)
  const second = (ring[next] - x) / (ring[next + 1] - y)
  if (first * second <= 0) return
  const reach = first > 0 ? x + Math.min(first, second) : x + Math.max(first, second) + 1
  drawSpan(canvas, y, Math.min(x, reach), Math.max(x, reach))
}

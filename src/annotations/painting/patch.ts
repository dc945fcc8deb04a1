import type { Canvas } from './canvas.ts'

/**
 * A rectangle of pixels in reading order, as runs: outside and inside in turn, outside first. `ends[i]` is
 * where run i ends. It may reach over the image.
 */
export interface Patch {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly ends: ArrayLike<number>
}

/** Paints the inside of a patch. */
export function paintPatch(canvas: Canvas, { left, top, width, ends }: Patch): void {
  const fullRows = left === 0 && top === 0 && width === canvas.width
  for (let run = 1; run < ends.length; run += 2) {
    const start = ends[run - 1]
    const end = ends[run]
    if (fullRows) canvas.run(start, Math.min(end, canvas.labels.length))
    else paintRows(canvas, left, top, width, start, end)
  }
}

function paintRows(
  canvas: Canvas,
  left: number,
  top: number,
  width: number,
  start: number,
  end: number,
): void {
  const last = Math.min(Math.floor((end - 1) / width), canvas.height - 1 - top)
  for (let y = Math.max(Math.floor(start / width), -top); y <= last; y++) {
    const from = Math.max(start - y * width, 0)
    const to = Math.min(end - y * width, width)
    canvas.row(top + y, left + from, left + to)
  }
}

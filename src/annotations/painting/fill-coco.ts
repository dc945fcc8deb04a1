import type { Canvas, Ring } from './canvas.ts'

/*
 * The rule of pycocotools, bit for bit. Vertices are rounded to fifths of a pixel; every edge is walked in
 * steps of a fifth along its longer axis; where the walk passes the centre of a pixel column (x + 1/2) the
 * filling toggles at the rounded-up row of the upper of the two points. In column order the pixels between
 * the first and the second toggle are inside, between the second and the third outside, and so on.
 * Coordinates are continuous: the first pixel covers [0, 1] × [0, 1].
 *
 * Only the two points around a centre matter, so the walk goes from column to column instead of step by step:
 * its cost is that of the crossings, however long an edge is.
 */

const scale = 5
/** In fifths, the last step before the centre of column k is 5k + 2, the first after it 5k + 3. */
const beforeCentre = 2
const afterCentre = 3

/** Paints the pixels an odd number of times inside of the rings. */
export function fillCoco(canvas: Canvas, rings: readonly Ring[]): void {
  const toggles: number[] = []
  for (const ring of rings) addToggles(ring, canvas, toggles)
  const sorted = Float64Array.from(toggles).sort()
  canvas.columnRuns(sorted)
}

function addToggles(ring: Ring, canvas: Canvas, toggles: number[]): void {
  const { width, height, budget, pointer } = canvas
  for (let vertex = 0; vertex < ring.length; vertex += 2) {
    const next = vertex + 2 < ring.length ? vertex + 2 : 0
    const edge = edgeSteps(ring, vertex, next)
    if (!edge) continue
    const first = Math.max(0, Math.ceil((edge.left - beforeCentre) / scale))
    const last = Math.min(width - 1, Math.floor((edge.right - afterCentre) / scale))
    if (first <= last) budget.runs(last - first + 1, pointer)
    for (let column = first; column <= last; column++) {
      const row = (edge.at(scale * column + beforeCentre) + 0.5) / scale - 0.5
      toggles.push(column * height + Math.ceil(Math.min(Math.max(row, 0), height)))
    }
  }
}

interface EdgeSteps {
  /** The range of the edge in fifths. */
  readonly left: number
  readonly right: number
  /** The upper one of the two points where the walk passes between `before` and `before + 1`. */
  readonly at: (before: number) => number
}

/** An edge as a walk; undefined for one without length, which changes nothing. */
function edgeSteps(ring: Ring, vertex: number, next: number): EdgeSteps | undefined {
  const inFifths = (coordinate: number) => Math.trunc(scale * coordinate + 0.5)
  let [x0, y0] = [inFifths(ring[vertex]), inFifths(ring[vertex + 1])]
  let [x1, y1] = [inFifths(ring[next]), inFifths(ring[next + 1])]
  const dx = Math.abs(x1 - x0)
  const dy = Math.abs(y1 - y0)
  if (dx === 0) return undefined
  // Always along the growing longer axis: an edge then rounds the same from both ends.
  if (dx >= dy ? x0 > x1 : y0 > y1) [x0, y0, x1, y1] = [x1, y1, x0, y0]
  const range = { left: Math.min(x0, x1), right: Math.max(x0, x1) }
  if (dx >= dy) {
    const slope = (y1 - y0) / dx
    const y = (t: number) => Math.trunc(y0 + slope * t + 0.5)
    return { ...range, at: (before) => Math.min(y(before - x0), y(before + 1 - x0)) }
  }
  const slope = (x1 - x0) / dy
  const passed = (t: number, before: number) => {
    const x = Math.trunc(x0 + slope * t + 0.5)
    return slope > 0 ? x > before : x <= before
  }
  const at = (before: number): number => {
    let t = Math.min(Math.max(Math.round((before + 0.5 - x0) / slope), 1), dy)
    while (t > 1 && passed(t - 1, before)) t--
    while (t < dy && !passed(t, before)) t++
    return y0 + t - 1
  }
  return { ...range, at }
}

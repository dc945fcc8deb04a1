/**
 * The rule of pycocotools as its description tells it, step by step along the outline: slow, and written apart from
 * the filling under test. Pixels in row-major order, 1 inside.
 */
export function walkOutline(ring: readonly number[], width: number, height: number): number[] {
  const scale = 5
  const fifths = ring.map((value) => Math.trunc(scale * value + 0.5))
  const walked: [number, number][] = []
  for (let at = 0; at < fifths.length; at += 2) {
    const next = (at + 2) % fifths.length
    walked.push(...walk(fifths[at], fifths[at + 1], fifths[next], fifths[next + 1]))
  }
  const toggles: number[] = []
  for (let at = 1; at < walked.length; at++) {
    const [u, v] = walked[at]
    const [uBefore, vBefore] = walked[at - 1]
    if (u === uBefore) continue
    const x = ((u < uBefore ? u : u - 1) + 0.5) / scale - 0.5
    if (!Number.isInteger(x) || x < 0 || x > width - 1) continue
    const y = (Math.min(v, vBefore) + 0.5) / scale - 0.5
    toggles.push(x * height + Math.ceil(Math.min(Math.max(y, 0), height)))
  }
  toggles.sort((a, b) => a - b)
  return Array.from({ length: width * height }, (_, at) => {
    const place = (at % width) * height + Math.floor(at / width)
    return toggles.filter((toggle) => toggle <= place).length % 2
  })
}

/** The points of an edge, dense along its longer axis. */
function walk(xs: number, ys: number, xe: number, ye: number): [number, number][] {
  const dx = Math.abs(xe - xs)
  const dy = Math.abs(ys - ye)
  if (dx === 0 && dy === 0) return []
  const flip = (dx >= dy && xs > xe) || (dx < dy && ys > ye)
  const [x0, y0, x1, y1] = flip ? [xe, ye, xs, ys] : [xs, ys, xe, ye]
  const steps = Math.max(dx, dy)
  const slope = dx >= dy ? (y1 - y0) / dx : (x1 - x0) / dy
  return Array.from({ length: steps + 1 }, (_, step) => {
    const t = flip ? steps - step : step
    return dx >= dy ? [t + x0, Math.trunc(y0 + slope * t + 0.5)] : [Math.trunc(x0 + slope * t + 0.5), t + y0]
  })
}

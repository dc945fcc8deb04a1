/**
 * The four corners of a rectangle after a turn of `degrees` (clockwise as seen on the screen) about a pivot,
 * as a ring.
 */
export function rotatedBox(
  left: number,
  top: number,
  right: number,
  bottom: number,
  degrees: number,
  pivotX: number,
  pivotY: number,
): Float64Array {
  const ring = Float64Array.of(left, top, right, top, right, bottom, left, bottom)
  if (degrees === 0) return ring
  const cosine = Math.cos((degrees * Math.PI) / 180)
  const sine = Math.sin((degrees * Math.PI) / 180)
  for (let at = 0; at < ring.length; at += 2) {
    const x = ring[at] - pivotX
    const y = ring[at + 1] - pivotY
    ring[at] = pivotX + x * cosine - y * sine
    ring[at + 1] = pivotY + x * sine + y * cosine
  }
  return ring
}

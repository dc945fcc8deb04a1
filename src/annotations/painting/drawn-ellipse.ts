import type { Canvas } from './canvas.ts'

/**
 * Paints an upright ellipse as drawing programs do that labelme draws with (Pillow from version 8.1 on): the sides of
 * its box are cut to integers that name pixels, and the outline, which is nearest to the curve through them, belongs to
 * it. A circle of radius 3 so reaches 3 1/2 pixels far, and has 37.
 */
export function drawEllipse(
  canvas: Canvas,
  box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
): void {
  const [left, top] = [Math.trunc(box.left), Math.trunc(box.top)]
  const [width, height] = [Math.trunc(box.right) - left, Math.trunc(box.bottom) - top]
  if (!(width >= 0 && height >= 0)) return
  canvas.budget.work(width + height, canvas.pointer)
  for (const [y, x] of quarter(width, height)) {
    const [from, to] = [left + (width - x) / 2, left + (width + x) / 2 + 1]
    canvas.row(top + (height + y) / 2, from, to)
    if (y > 0) canvas.row(top + (height - y) / 2, from, to)
  }
}

/**
 * For every row y of the lower half how far the right half reaches, both from the middle in half pixels. Bresenham's
 * walk from the rightmost to the lowest point: of the next three points the one nearest to the curve.
 */
function* quarter(width: number, height: number): Generator<readonly [y: number, x: number]> {
  const [width2, height2] = [width ** 2, height ** 2]
  const distance = (x: number, y: number) => Math.abs(width2 * y ** 2 + height2 * x ** 2 - width2 * height2)
  let [x, y] = [width, height % 2]
  yield [y, x]
  while (x !== width % 2 || y !== height) {
    let [nextX, nextY] = [x, y + 2]
    if (x > 1) {
      if (distance(x - 2, y + 2) < distance(nextX, nextY)) nextX = x - 2
      if (distance(x - 2, y) < distance(nextX, nextY)) [nextX, nextY] = [x - 2, y]
    }
    if (nextY > y) yield [nextY, nextX]
    x = nextX
    y = nextY
  }
}

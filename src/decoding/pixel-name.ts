/** Names pixel `i` of a row-major image for a message: `the pixel at x 3, y 0`. */
export function pixelName(i: number, width: number): string {
  return `the pixel at x ${i % width}, y ${Math.floor(i / width)}`
}

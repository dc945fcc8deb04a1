/** A brush of Label Studio whose JSON takes about six bytes a pixel: every pixel is a run of its own. */
export function largeBrush(side: number): object {
  const bytes: number[] = []
  let byte = 0
  let filled = 0
  const push = (value: number, width: number) => {
    for (let bit = width - 1; bit >= 0; bit--) {
      byte = byte * 2 + (Math.floor(value / 2 ** bit) % 2)
      if (++filled % 8 === 0) {
        bytes.push(byte)
        byte = 0
      }
    }
  }
  push(side * side * 4, 32)
  push(7, 5)
  for (const size of [3, 4, 8, 16]) push(size - 1, 4)
  for (let pixel = 0; pixel < side * side; pixel++) {
    push(1, 1)
    push(0, 2)
    push(3, 3)
    push(pixel % 2 === 0 ? 255 : 0, 8)
  }
  push(0, (8 - (filled % 8)) % 8)
  return {
    id: 'large',
    type: 'brushlabels',
    original_width: side,
    original_height: side,
    value: { format: 'rle', rle: bytes, brushlabels: ['Cell'] },
  }
}

/**
 * Packs alphas as Label Studio's editor does, from the description of the format: highest bit first, 32 bits number
 * of words, 5 bits word size − 1, four sizes of lengths of 4 bits, then runs (1) and literal words (0).
 */
export function packBrush(alphas: Uint8Array): number[] {
  const words = alphas.length * 4
  const bytes = new Uint8Array(words + words / 8 + 64)
  let at = 0
  const put = (value: number, bits: number): void => {
    for (let bit = bits - 1; bit >= 0; bit--, at++)
      if ((value / 2 ** bit) & 1) bytes[at >> 3] |= 128 >> (at & 7)
  }
  put(words, 32)
  put(7, 5)
  for (const size of sizes) put(size - 1, 4)
  let pixel = 0
  while (pixel < alphas.length) {
    let end = pixel + 1
    while (end < alphas.length && alphas[end] === alphas[pixel] && end - pixel < 16_000) end++
    if (end - pixel > 1) {
      putLength(put, 1, 4 * (end - pixel))
      put(alphas[pixel], 8)
    } else {
      end = pixel + 1
      while (end + 1 < alphas.length && alphas[end] !== alphas[end + 1] && end - pixel < 16_000) end++
      putLength(put, 0, 4 * (end - pixel))
      for (let p = pixel; p < end; p++) for (let channel = 0; channel < 4; channel++) put(alphas[p], 8)
    }
    pixel = end
  }
  return [...bytes.subarray(0, Math.ceil(at / 8))]
}

const sizes = [3, 4, 8, 16]

function putLength(put: (value: number, bits: number) => void, kind: 0 | 1, length: number): void {
  const which = sizes.findIndex((size) => length <= 2 ** size)
  put(kind, 1)
  put(which, 2)
  put(length - 1, sizes[which])
}

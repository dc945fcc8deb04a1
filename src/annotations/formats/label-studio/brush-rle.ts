import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageSize } from '../../image-size.ts'
import type { Canvas } from '../../painting/canvas.ts'

/*
 * Label Studio's brush: the RGBA bytes of the image in reading order, run-length packed into a bit stream,
 * highest bit first. Header: 32 bits number of words (bytes of the image), 5 bits word size − 1, four times
 * 4 bits size of a length − 1. Then, until all words are there: 1 bit kind, 2 bits which of the four sizes,
 * that many bits length − 1; kind 1 is one word repeated, kind 0 that many words as they are.
 *
 * Only alpha says where the brush was (old versions keep the brush's colour in the others), so only every
 * fourth word is looked at and nothing but the mask itself is ever in memory.
 */

const headerBits = 32 + 5 + 4 * 4
const wordBits = 8

/** The packed bytes, checked to be bytes and to claim exactly the pixels of the image. */
export function readBrush(rle: JsonNode, { width, height }: ImageSize): Uint8Array {
  const values = rle.array()
  const bytes = new Uint8Array(values.length)
  for (let at = 0; at < bytes.length; at++) {
    const value = values[at]
    if (typeof value !== 'number' || (value & 255) !== value) throw rle.item(at).refuse('must be a byte')
    bytes[at] = value
  }
  if (bytes.length * 8 < headerBits) throw rle.refuse('ends within its header')
  const words = new DataView(bytes.buffer).getUint32(0)
  if (words !== 4 * width * height)
    throw rle.refuse(
      `claims ${words} bytes of RGBA, but an image of ${width} × ${height} has ${4 * width * height}`,
    )
  if (takeBits(bytes, 32, 5) + 1 !== wordBits) throw rle.refuse('does not have words of 8 bits')
  return bytes
}

/** Paints the pixels whose alpha is at least `threshold`. What follows after the last word is padding. */
export function paintBrush(canvas: Canvas, bytes: Uint8Array, threshold: number, rle: JsonNode): void {
  const sizes = [37, 41, 45, 49].map((at) => takeBits(bytes, at, 4) + 1)
  const words = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  const end = bytes.length * 8
  let at = headerBits
  let word = 0
  /** Where the foreground that has not been painted yet begins; -1 on background. */
  let open = -1
  const change = (pixel: number): void => {
    if (open < 0) open = pixel
    else {
      canvas.run(open, pixel)
      open = -1
    }
  }
  while (word < words) {
    if (at + 3 > end) throw cut(rle, word, words)
    const head = takeBits(bytes, at, 3)
    const size = sizes[head & 3]
    if (at + 3 + size > end) throw cut(rle, word, words)
    const length = takeBits(bytes, at + 3, size) + 1
    at += 3 + size
    const next = word + length
    if (next > words) throw rle.refuse(`goes past the end of its ${words} words`)
    const repeated = head > 3
    const body = at
    at += wordBits * (repeated ? 1 : length)
    if (at > end) throw cut(rle, word, words)
    // Of the words from `word` to `next`, 4p + 3 is the alpha of pixel p.
    const pixel = Math.floor(word / 4)
    const stop = Math.floor(next / 4)
    if (repeated) {
      if (pixel < stop && takeBits(bytes, body, wordBits) >= threshold !== open >= 0) change(pixel)
    } else {
      let alpha = body + (4 * pixel + 3 - word) * wordBits
      for (let p = pixel; p < stop; p++, alpha += 4 * wordBits)
        if (takeBits(bytes, alpha, wordBits) >= threshold !== open >= 0) change(p)
    }
    word = next
  }
  if (open >= 0) change(Math.floor(words / 4))
}

function cut(rle: JsonNode, word: number, words: number) {
  return rle.refuse(`ends after ${word} of ${words} words`)
}

/** Up to 16 bits from bit `at` on; beyond the end there are zeros. */
function takeBits(bytes: Uint8Array, at: number, count: number): number {
  const first = at >>> 3
  const window = (bytes[first] << 16) | (bytes[first + 1] << 8) | bytes[first + 2]
  return (window >>> (24 - (at & 7) - count)) & ((1 << count) - 1)
}

import { decodeShownPixels, type ShownPixels } from '../../decoding/png/shown-pixels.ts'
import type { JsonNode } from '../../json/json-node.ts'
import { checkSize, type ImageSize } from '../image-size.ts'
import type { ReadContext } from './read-context.ts'

const signature = [137, 80, 78, 71, 13, 10, 26, 10]
const base64 = /^[A-Za-z0-9+/]*={0,2}$/

/** Bytes of a base64 text; a `data:` address and white space are taken off. */
export function readBase64(node: JsonNode): Uint8Array {
  const text = node
    .text()
    .replace(/^data:[^,]{0,100},/, '')
    .replace(/\s+/g, '')
  if (!base64.test(text)) throw node.refuse('is not base64')
  return Buffer.from(text, 'base64')
}

/** Decodes a PNG within an annotation, after its header was checked against the limits and the budget. */
export async function readPng(bytes: Uint8Array, node: JsonNode, context: ReadContext): Promise<ShownPixels> {
  const { width, height } = pngSize(bytes, node)
  checkSize(width, height, context.limits, node.pointer)
  context.budget.work(width * height, node.pointer)
  return decodeShownPixels(bytes, context.limits)
}

/** True when the bytes begin as a PNG does. */
function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, at) => bytes[at] === byte)
}

function pngSize(bytes: Uint8Array, node: JsonNode): ImageSize {
  if (bytes.length < 33 || !isPng(bytes)) throw node.refuse('is not a PNG')
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/**
 * The runs of a bitmap's foreground, to be painted as a patch. Foreground is what is not transparent where the
 * image has transparency (alpha of at least `threshold`), else what is not black: tools store masks as 0 and 1.
 */
export function foregroundRuns(
  pixels: ShownPixels,
  threshold: number,
  node: JsonNode,
  context: ReadContext,
): Uint32Array {
  const { width, height, channels, data } = pixels
  const alpha = channels % 2 === 0
  const first = alpha ? channels - 1 : 0
  const least = alpha ? threshold : 1
  const ends: number[] = []
  let inside = false
  for (let at = 0; at < width * height; at++) {
    let found = false
    for (let sample = first; sample < channels; sample++)
      if (data[at * channels + sample] >= least) found = true
    if (found === inside) continue
    // Counted as they come: a chequered bitmap of a few kilobytes has as many runs as pixels.
    context.budget.runs(1, node.pointer)
    ends.push(at)
    inside = found
  }
  if (inside) ends.push(width * height)
  return Uint32Array.from(ends)
}

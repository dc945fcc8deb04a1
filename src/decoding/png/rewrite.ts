import { crc32 } from 'node:zlib'
import { colourTypes } from './header.ts'
import type { ScannedPng } from './scan.ts'

const signatureBytes = 8
const ihdrChunkBytes = 25
const iend = Uint8Array.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82])

/**
 * The same pixels as a PNG that no decoder has reason to interpret: IHDR, the IDAT chunks as they are, IEND.
 * Palette becomes grey of the same depth, so samples are the indices. 8-bit grey with alpha becomes 16-bit grey
 * (grey in the high byte): as many bytes a pixel, so the row filters still mean the same.
 * Left out with the rest are profiles, gamma, transparency and compressed text, which can be a bomb.
 */
export function rewritePng(bytes: Uint8Array, { header, idatChunks }: ScannedPng): Uint8Array {
  const head = signatureBytes + ihdrChunkBytes
  const body = bytes.subarray(idatChunks.start, idatChunks.end)
  const plain = new Uint8Array(head + body.length + iend.length)
  plain.set(bytes.subarray(0, head))
  const packed = header.colourType === colourTypes.greyAlpha && header.bitDepth === 8
  if (packed || header.colourType === colourTypes.palette) {
    plain[signatureBytes + 17] = colourTypes.grey
    if (packed) plain[signatureBytes + 16] = 16
    const view = new DataView(plain.buffer)
    view.setUint32(head - 4, crc32(plain.subarray(signatureBytes + 4, head - 4)))
  }
  plain.set(body, head)
  plain.set(iend, head + body.length)
  return plain
}

import { createHash, hash } from 'node:crypto'
import type { LabelMap } from '../labels/label-map.ts'

export const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')

/** sha256 of the labels as little-endian 32-bit integers (negative ones in two's complement), row-major. */
export function labelsSha256({ labels }: LabelMap): string {
  const hash = createHash('sha256')
  const block = 1 << 20
  for (let start = 0; start < labels.length; start += block) {
    const words = Uint32Array.from(labels.subarray(start, start + block))
    hash.update(new Uint8Array(words.buffer))
  }
  return hash.digest('hex')
}

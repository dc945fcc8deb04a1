import { crc32, deflateSync } from 'node:zlib'

const size = { width: 512, height: 384 }
/** Filter types of the rows, repeated: what encoders choose for masks. */
const filters = [1, 4, 4, 2, 4, 4, 0, 4]
const none = 0
const sub = 1

export type WarmUpDepth = 1 | 8 | 16

/**
 * A grey PNG that costs its decoder as much as a mask: rows differ little from the row above, and the label changes every
 * few dozen pixels. The filtered bytes are made up; its labels are whatever they decode to.
 */
export function warmUpPng(bitDepth: WarmUpDepth, seed: number): Uint8Array {
  const step = Math.max(1, bitDepth / 8)
  const steps = (size.width * bitDepth) / 8 / step
  const line = 1 + steps * step
  const lines = new Uint8Array(line * size.height)
  let state = seed
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
  for (let row = 0; row < size.height; row++) {
    const start = row * line
    const filter = filters[row % filters.length]
    lines[start] = filter
    if (filter === none) lines.fill(row, start + 1, start + line)
    const changes = filter === sub ? 16 : random(3)
    for (let k = 0; k < changes; k++) lines[start + step * (1 + random(steps))] = 1 + random(5)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size.width, 0)
  header.writeUInt32BE(size.height, 4)
  header[8] = bitDepth
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const framed = Buffer.alloc(data.length + 12)
  framed.writeUInt32BE(data.length, 0)
  framed.write(type, 4, 'latin1')
  framed.set(data, 8)
  framed.writeUInt32BE(crc32(framed.subarray(4, data.length + 8)), data.length + 8)
  return framed
}

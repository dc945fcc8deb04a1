import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { writeTiffImage } from '../oracle/tiff-image.ts'
import { writeTiff } from '../oracle/tiff-writer.ts'
import { refusalOf } from './refusal-of.ts'

const [width, height] = [20, 12]
const samples = Array.from({ length: width * height }, (_, i) => ((i % width) >> 2) * 9 + (i % 7))
const image = { width, height, bits: 8, format: 1, channels: 1, photometric: 1, samples } as const
const packed = { tag: 259, values: [8] }

describe('a TIFF compressed by Deflate', () => {
  const stream = deflateSync(Uint8Array.from(samples))
  const file = (block: Uint8Array) => writeTiff([{ width, height, blocks: [block], tags: [packed] }])

  it('gives no other labels when any of its bits is flipped', async () => {
    let refused = 0
    for (let bit = 0; bit < 8 * stream.length; bit++) {
      const damaged = new Uint8Array(stream)
      damaged[bit >> 3] ^= 1 << (bit & 7)
      const end = await decodeMask(file(damaged), {}, defaultLimits).catch(({ code }) => code)
      if (end === 'CORRUPT') refused++
      else expect([...end.map.labels]).toEqual(samples)
    }
    // What no checksum covers are some bits of the stream's own header.
    expect(refused).toBeGreaterThan(8 * stream.length - 8)
  })

  it.each([
    ['ends early', stream.subarray(0, -1)],
    ['has a row too few', deflateSync(Uint8Array.from(samples.slice(width)))],
    [
      'has more rows than its height, as when the height was forged',
      deflateSync(Uint8Array.from([...samples, 1])),
    ],
  ])('is refused when it %s', async (_, block) => {
    expect((await refusalOf(file(block))).code).toBe('CORRUPT')
  })

  it('may pad its last strip to the height of the others', async () => {
    const rows = (from: number, to: number) => samples.slice(from * width, to * width)
    const blocks = [rows(0, 8), [...rows(8, 12), ...Array(4 * width).fill(77)]].map((strip) =>
      deflateSync(Uint8Array.from(strip)),
    )
    const padded = writeTiff([{ width, height, rowsPerStrip: 8, blocks, tags: [packed] }])
    expect([...(await decodeMask(padded, {}, defaultLimits)).map.labels]).toEqual(samples)
  })
})

it.each(['none', 'packbits', 'lzw', 'deflate'] as const)(
  'a strip that is shorter than its rows is never filled up: %s',
  async (compression) => {
    const bytes = writeTiffImage(image, { compression })
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const entries = view.getUint32(4, true) + 2
    const at = Array.from({ length: 16 }, (_, i) => entries + 12 * i).find(
      (e) => view.getUint16(e, true) === 279,
    )!
    const length = view.getUint32(at + 8, true)
    // The last codes of LZW say nothing but that it ends.
    for (let claimed = 1; claimed < length - 4; claimed++) {
      view.setUint32(at + 8, claimed, true)
      expect((await refusalOf(bytes)).code, `${claimed} of ${length} bytes`).toBe('CORRUPT')
    }
  },
)

/** A picture as libtiff writes it by each of the fax compressions (made with Pillow 9.4). */
const fax = {
  'CCITT RLE':
    'SUkqABYAAABxHB/8cHQ6HQ6HTjUEDAkAAAEDAAEAAAANAAAAAQEDAAEAAAAFAAAAAgEDAAEAAAABAAAAAwEDAAEAAAACAAAABgEDAAEAAAABAAAAEQEEAAEAAAAIAAAAFgEDAAEAAAAFAAAAFwEEAAEAAAAOAAAAHAEDAAEAAAABAAAAAAAAAA==',
  'CCITT group 3':
    'SUkqAB4AAAAAFxHABH/xwAXQ6HQ6HTgAmoIACGAACQAAAQMAAQAAAA0AAAABAQMAAQAAAAUAAAACAQMAAQAAAAEAAAADAQMAAQAAAAMAAAAGAQMAAQAAAAEAAAARAQQAAQAAAAgAAAAWAQMAAQAAAAUAAAAXAQQAAQAAABUAAAAcAQMAAQAAAAEAAAAAAAAA',
  'CCITT group 4':
    'SUkqABwAAAAuJR/dyOiOggVQhERDIYbgAgAgAAkAAAEDAAEAAAANAAAAAQEDAAEAAAAFAAAAAgEDAAEAAAABAAAAAwEDAAEAAAAEAAAABgEDAAEAAAABAAAAEQEEAAEAAAAIAAAAFgEDAAEAAAAFAAAAFwEEAAEAAAATAAAAHAEDAAEAAAABAAAAAAAAAA==',
}

it.each(Object.entries(fax))('%s is read', async (_, base64) => {
  const picture = ['..#########..', '.##.......##.', '..#.#.#.#.#..', '#############', '.............']
  const { map, encoding } = await decodeMask(
    Buffer.from(base64, 'base64'),
    { grey_bits: 'sample' },
    defaultLimits,
  )
  expect([map.width, map.height, encoding]).toEqual([13, 5, 'tiff-grey1'])
  expect([...map.labels]).toEqual([...picture.join('')].map((pixel) => Number(pixel === '#')))
})

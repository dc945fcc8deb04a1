import { deflateSync } from 'node:zlib'
import { pngChunk, pngHeaderChunk, writePngSamples } from '../../oracle/png-writer.ts'
import { writeTiff } from '../../oracle/tiff-writer.ts'

/** A small file that asks for much work or memory. */
export interface Bomb {
  readonly name: string
  /** The file, or with `isBody` the whole JSON body of a request. */
  readonly bytes: Uint8Array
  readonly isBody?: boolean
  /** The options part as text. */
  readonly options?: string
  /** The code of its refusal, or `labels` when it is harmless once what nobody needs is left out. */
  readonly outcome: string
}

const grey = { width: 64, height: 48, bitDepth: 8, colourType: 0, samples: new Uint16Array(64 * 48).fill(3) }
const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/** Deflated zeros: about 1000 bytes of output for each byte. */
function zeros(bytes: number): Uint8Array {
  return deflateSync(Buffer.alloc(bytes), { level: 9 })
}

function png(header: Parameters<typeof pngHeaderChunk>[0], ...chunks: Uint8Array[]): Uint8Array {
  return Buffer.concat([signature, pngHeaderChunk(header), ...chunks, pngChunk('IEND', new Uint8Array())])
}

/** An array of eight bytes that claims another shape or type. */
function npy(shape: string, descr = "'|u1'"): Uint8Array {
  const header = `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}}`.padEnd(127)
  return Buffer.from(`\x93NUMPY\x01\0\x80\0${header}\n12345678`, 'latin1')
}

/** Four million brackets. */
const deepJson = Buffer.alloc(4_000_000, '[')

export function buildBombs(): readonly Bomb[] {
  const text = pngChunk('zTXt', Buffer.concat([Buffer.from('k\0\0'), zeros(49 * 2 ** 20)]))
  const block = Uint8Array.of(1)
  const pages = Array.from({ length: 60_000 }, () => ({ width: 1, height: 1, blocks: [block] }))
  const manyPages = writeTiff(pages)
  const plain = { bitDepth: 8, colourType: 0, interlaced: false }
  return [
    {
      name: 'PNG with 2.9 GB of compressed text',
      bytes: writePngSamples(grey, { before: Array.from({ length: 60 }, () => text) }),
      outcome: 'labels',
    },
    {
      name: 'PNG of 16000 x 16000 RGBA16',
      bytes: png(
        { width: 16_000, height: 16_000, bitDepth: 16, colourType: 6, interlaced: false },
        pngChunk('IDAT', zeros(2 ** 20)),
      ),
      outcome: 'IMAGE_TOO_LARGE',
    },
    {
      name: 'PNG that claims 64 Mpx and holds none',
      bytes: png({ width: 8192, height: 8192, ...plain }, pngChunk('IDAT', zeros(1))),
      outcome: 'CORRUPT',
    },
    {
      name: 'PNG with 8 MB of surplus rows',
      bytes: png(
        { width: 64, height: 48, ...plain },
        pngChunk('IDAT', Buffer.alloc(8 * 2 ** 20, zeros(2 ** 16))),
      ),
      outcome: 'CORRUPT',
    },
    {
      name: 'PNG with 60 MB of surplus rows in 60 KB',
      bytes: png({ width: 64, height: 48, ...plain }, pngChunk('IDAT', zeros(60 * 2 ** 20))),
      outcome: 'CORRUPT',
    },
    {
      name: 'PNG of 65,000 chunks',
      bytes: writePngSamples(grey, {
        before: Array.from({ length: 65_000 }, () => pngChunk('tEXt', Buffer.from('k\0'))),
      }),
      outcome: 'labels',
    },
    {
      name: 'PNG of a million chunks',
      bytes: writePngSamples(grey, {
        before: [Buffer.alloc(12_000_000, pngChunk('tEXt', new Uint8Array()))],
      }),
      outcome: 'CORRUPT',
    },
    { name: 'TIFF of 60,000 pages', bytes: manyPages, outcome: 'MULTI_PAGE' },
    {
      name: 'TIFF of 60,000 pages as a volume',
      bytes: manyPages,
      options: '{"stack":"volume"}',
      outcome: 'IMAGE_TOO_LARGE',
    },
    {
      name: 'TIFF that claims 64 Mpx and holds none',
      bytes: writeTiff([
        {
          width: 8192,
          height: 8192,
          blocks: [zeros(1)],
          tags: [{ tag: 259, values: [8] }],
        },
      ]),
      outcome: 'CORRUPT',
    },
    {
      name: 'TIFF with 60 MB of surplus rows in 60 KB',
      bytes: writeTiff([
        { width: 64, height: 48, blocks: [zeros(60 * 2 ** 20)], tags: [{ tag: 259, values: [8] }] },
      ]),
      outcome: 'CORRUPT',
    },
    {
      name: 'TIFF of 260,000 tiles, all the same one',
      bytes: writeTiff([
        {
          width: 8192,
          height: 8192,
          tile: [16, 16],
          blocks: [block],
          tags: [
            { tag: 324, values: Array(262_144).fill(8), type: 4 },
            { tag: 325, values: Array(262_144).fill(1), type: 4 },
          ],
        },
      ]),
      outcome: 'CORRUPT',
    },
    {
      name: 'TIFF of 2000 tiles of 30 MB, all the same one',
      bytes: writeTiff([
        {
          width: 32_000,
          height: 1,
          tile: [16, 1_920_000],
          blocks: [zeros(16 * 1_920_000)],
          tags: [
            { tag: 259, values: [8] },
            { tag: 323, values: [1_920_000], type: 4 },
            { tag: 324, values: Array(2000).fill(8), type: 4 },
            { tag: 325, values: Array(2000).fill(30_000), type: 4 },
          ],
        },
      ]),
      outcome: 'CORRUPT',
    },
    {
      name: 'TIFF whose palette claims 4,000,000,000 colours',
      bytes: writeTiff([
        {
          width: 64,
          height: 48,
          blocks: [new Uint8Array(64 * 48)],
          tags: [
            { tag: 262, values: [3] },
            { tag: 320, values: [4_000_000_000], type: 4 },
          ],
        },
      ]),
      outcome: 'CORRUPT',
    },
    {
      name: 'TIFF with a tile of 32768 x 32768',
      bytes: writeTiff([
        {
          width: 16,
          height: 16,
          tile: [32_768, 32_768],
          blocks: [zeros(2 ** 20)],
          tags: [{ tag: 259, values: [8] }],
        },
      ]),
      outcome: 'CORRUPT',
    },
    {
      name: 'TIFF that claims 4,000,000,000 strips',
      bytes: writeTiff([
        {
          width: 64,
          height: 1,
          blocks: [block],
          tags: [
            { tag: 273, values: [8], type: 4 },
            { tag: 257, values: [4_000_000_000], type: 4 },
            { tag: 278, values: [1] },
          ],
        },
      ]),
      outcome: 'IMAGE_TOO_LARGE',
    },
    {
      name: 'WebP that claims 64 Mpx and holds none',
      bytes: Buffer.from(
        '524946461600000057454250' + '5650384c0a000000' + '2fff1fff07000000' + '00000000',
        'hex',
      ),
      outcome: 'CORRUPT',
    },
    {
      name: '.npy that claims 2^40 items',
      bytes: npy('(1048576, 1048576)'),
      outcome: 'IMAGE_TOO_LARGE',
    },
    {
      name: '.npy that claims 64 Mi items and holds 8',
      bytes: npy('(8192, 8192)'),
      outcome: 'TRUNCATED',
    },
    {
      name: '.npy with a header of 4 GB',
      bytes: Buffer.from('\x93NUMPY\x02\0\xff\xff\xff\xff{', 'latin1'),
      outcome: 'CORRUPT',
    },
    {
      name: '.npy of pickled objects',
      bytes: npy('(2, 2)', "'|O'"),
      outcome: 'UNSUPPORTED_PIXEL_FORMAT',
    },
    {
      name: '.npy of records',
      bytes: npy('(2, 2)', "[('a', '<u4', (1048576,))]"),
      outcome: 'UNSUPPORTED_PIXEL_FORMAT',
    },
    {
      name: 'JSON nested 4,000,000 deep as a mask',
      bytes: deepJson,
      options: '{"format":"labelme"}',
      outcome: 'MALFORMED_JSON',
    },
    {
      name: 'JSON nested 4,000,000 deep as a mask of no format',
      bytes: deepJson,
      outcome: 'MALFORMED_JSON',
    },
    {
      name: 'JSON nested 4,000,000 deep as a body',
      bytes: deepJson,
      isBody: true,
      outcome: 'MALFORMED_JSON',
    },
    {
      name: 'JSON nested 500,000 deep as options',
      bytes: npy('(2, 4)'),
      options: '['.repeat(500_000),
      outcome: 'MALFORMED_JSON',
    },
    {
      name: 'SVG of 16000 x 16000',
      bytes: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="16000" height="16000"><rect/></svg>',
      ),
      outcome: 'UNSUPPORTED_FORMAT',
    },
  ]
}

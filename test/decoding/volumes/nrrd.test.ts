import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeMask } from '../../../src/decoding/decode-mask.ts'
import { orientationOf } from '../../../src/labels/volume-geometry.ts'
import { defaultLimits } from '../../../src/limits.ts'
import { writeNrrd } from '../../oracle/nrrd-writer.ts'
import { refusalOf } from '../refusal-of.ts'

const decode = (bytes: Uint8Array, options: object = {}, limits: object = {}) =>
  decodeMask(bytes, options, { ...defaultLimits, ...limits })
const values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const small = (more: Partial<Parameters<typeof writeNrrd>[0]> = {}) =>
  writeNrrd({ sizes: [3, 2, 2], data: Uint8Array.from(values), ...more })
const bytesOf = (array: { readonly buffer: ArrayBufferLike }) => new Uint8Array(array.buffer)

describe('an NRRD', () => {
  it('is read raw and gzipped, with both ends of lines, whatever stands in its comments', async () => {
    for (const gzip of [false, true])
      for (const newline of ['\n', '\r\n'] as const) {
        const { map, format, encoding, warnings, geometry } = await decode(small({ gzip, newline }))
        expect([map.width, map.height, map.depth, map.volume, [...map.labels]]).toEqual([
          3,
          2,
          2,
          true,
          values,
        ])
        expect([format, encoding, warnings, geometry]).toEqual(['nrrd', 'nrrd-uint8', [], undefined])
      }
  })

  it.each([
    ['signed char', 'int8', bytesOf(Int8Array.from(values))],
    ['uint8_t', 'uint8', bytesOf(Uint8Array.from(values))],
    ['short int', 'int16', bytesOf(Int16Array.from(values))],
    ['unsigned short', 'uint16', bytesOf(Uint16Array.from(values))],
    ['int', 'int32', bytesOf(Int32Array.from(values))],
    ['Unsigned  Int', 'uint32', bytesOf(Uint32Array.from(values))],
    ['long long', 'int64', bytesOf(BigInt64Array.from(values.map(BigInt)))],
    ['uint64_t', 'uint64', bytesOf(BigUint64Array.from(values.map(BigInt)))],
    ['float', 'float32', bytesOf(Float32Array.from(values))],
    ['double', 'float64', bytesOf(Float64Array.from(values))],
  ])('of %s is one of %s, in both byte orders', async (type, name, data) => {
    const size = data.length / values.length
    const swapped = Buffer.from(data)
    for (let at = 0; at < swapped.length; at += size) swapped.subarray(at, at + size).reverse()
    for (const [endian, stored] of [
      ['little', data],
      ['big', swapped],
    ] as const) {
      const { map, encoding } = await decode(small({ type, data: stored, fields: { endian } }))
      expect([encoding, [...map.labels]]).toEqual([`nrrd-${name}`, values])
    }
  })

  it('has lines and bytes skipped, of a gzip behind it, and with -1 all but its end', async () => {
    const skips = { 'line skip': '2', 'byte skip': '3' }
    const lines = Buffer.from('one\ntwo\n')
    const raw = small({ fields: skips, before: Buffer.concat([lines, Buffer.from('abc')]) })
    const gzip = small({ gzip: true, fields: skips, before: lines, data: Uint8Array.of(7, 7, 7, ...values) })
    const end = small({ fields: { 'byte skip': '-1' }, before: Buffer.from('anything') })
    const gzipEnd = small({
      gzip: true,
      fields: { 'byte skip': '-1' },
      data: Buffer.concat([Buffer.from('anything'), Uint8Array.from(values)]),
    })
    for (const bytes of [raw, gzip, end, gzipEnd])
      expect([...(await decode(bytes)).map.labels]).toEqual(values)
  })

  it('lies where its directions and its origin say, in any of the spaces and units', async () => {
    const fields = (space: string) => ({
      space,
      'space directions': '(2,0,0) (0,-3,0) (0,0,4)',
      'space origin': '(10,20,30)',
    })
    const of = async (more: Record<string, string>) => (await decode(small({ fields: more }))).geometry
    const lps = await of(fields('left-posterior-superior'))
    expect(lps).toMatchObject({
      source: 'space directions',
      spacing: { column: 2, row: 3, depth: 4 },
      affine: [
        [-2, -0, -0, -10],
        [-0, 3, -0, -20],
        [0, 0, 4, 30],
      ],
    })
    for (const [space, orientation] of [
      ['RAS', 'RPS'],
      ['left-anterior-superior', 'LPS'],
      ['LPS', 'LAS'],
    ]) {
      const affine = (await of(fields(space)))?.affine
      expect(affine && orientationOf(affine)).toBe(orientation)
    }
    const micrometres = await of({ ...fields('RAS'), 'space units': '"um" "um" "um"' })
    expect(micrometres?.spacing.column).toBeCloseTo(0.002, 12)
    expect((await of({ spacings: '1 2 3' }))?.spacing).toEqual({ column: 1, row: 2, depth: 3 })
    const { warnings } = await decode(
      small({ fields: { ...fields('RAS'), 'space units': '"furlong" "mm" "mm"' } }),
    )
    expect(warnings).toMatchObject([{ code: 'GEOMETRY_UNREADABLE' }])
  })

  it('of two axes is an image', async () => {
    const { map, geometry } = await decode(small({ sizes: [3, 4], fields: { spacings: '0.5 2' } }))
    expect([map.width, map.height, map.depth, map.volume]).toEqual([3, 4, 1, undefined])
    expect(geometry?.spacing).toMatchObject({ column: 0.5, row: 2 })
  })
})

const segments = {
  Segment0_ID: 'Segment_1',
  Segment0_Name: 'liver',
  Segment0_Layer: '0',
  Segment0_LabelValue: '1',
  Segment1_ID: 'Segment_2',
  Segment1_Name: 'Gefäß',
  Segment1_Layer: '1',
  Segment1_LabelValue: '1',
}
const layered = (more: Partial<Parameters<typeof writeNrrd>[0]> = {}) =>
  small({
    sizes: [2, 3, 2, 1],
    fields: {
      kinds: 'list domain domain domain',
      'space directions': 'none (1,0,0) (0,1,0) (0,0,1)',
      space: 'left-posterior-superior',
    },
    ...more,
  })

describe('a segmentation of 3D Slicer', () => {
  it('gives its labels their names', async () => {
    const { names } = await decode(small({ pairs: segments }))
    expect(names).toEqual(new Map([[1, 'liver']]))
  })

  it('whose segments overlap needs `layer`, and its layers lie voxel by voxel', async () => {
    const bytes = layered({ pairs: segments })
    const { code, remedy } = await refusalOf(bytes)
    expect([code, remedy]).toEqual(['OVERLAPPING_SEGMENTS', expect.stringContaining('from 0 to 1')])
    const first = await decode(bytes, { layer: 0 })
    expect([...first.map.labels]).toEqual([0, 2, 4, 6, 8, 10])
    const second = await decode(bytes, { layer: 1 })
    expect([...second.map.labels]).toEqual([1, 3, 5, 7, 9, 11])
    expect(second.names).toEqual(new Map([[1, 'Gefäß']]))
    expect(second.geometry?.spacing).toEqual({ column: 1, row: 1, depth: 1 })
    expect((await refusalOf(bytes, { layer: 2 })).code).toBe('INVALID_OPTIONS')
  })

  it('in shares of a voxel is refused, as shares are no labels', async () => {
    const pairs = { ...segments, Segmentation_MasterRepresentation: 'Fractional labelmap' }
    expect((await refusalOf(small({ pairs }))).message).toContain('fractional')
  })
})

describe('an NRRD that is refused', () => {
  const text = (from: string, to: string) =>
    Buffer.from(small().toString('latin1').replace(from, to), 'latin1')
  it.each([
    ['of layers that are no segments, without `layer`', layered(), 'MULTI_PAGE'],
    [
      'of frames, without `frame`',
      small({ sizes: [3, 2, 1, 2], fields: { kinds: 'space space space time' } }),
      'MULTI_PAGE',
    ],
    ['of four axes in space', small({ sizes: [3, 2, 1, 2] }), 'UNSUPPORTED_PIXEL_FORMAT'],
    ['of bzip2', small({ fields: { encoding: 'bzip2' } }), 'UNSUPPORTED_COMPRESSION'],
    ['of text', small({ fields: { encoding: 'ascii' } }), 'UNSUPPORTED_COMPRESSION'],
    ['of hexadecimal text', small({ fields: { encoding: 'hex' } }), 'UNSUPPORTED_COMPRESSION'],
    ['of blocks', small({ type: 'block' }), 'UNSUPPORTED_PIXEL_FORMAT'],
    ['whose values stand elsewhere', small({ fields: { 'data file': 'mask.raw' } }), 'UNSUPPORTED_FORMAT'],
    ['of two bytes and no byte order', small({ type: 'short', fields: { endian: undefined } }), 'CORRUPT'],
    ['of another version', text('NRRD0005', 'NRRD0009'), 'CORRUPT'],
    ['with a line that is none', text('encoding: raw', 'encoding raw'), 'CORRUPT'],
    ['with a field twice', text('encoding: raw', 'encoding: raw\nencoding: raw'), 'CORRUPT'],
    ['of another number of sizes', text('dimension: 3', 'dimension: 2'), 'CORRUPT'],
    ['of sizes that are none', text('sizes: 3 2 2', 'sizes: 3 -2 2'), 'CORRUPT'],
    ['of no voxels', text('sizes: 3 2 2', 'sizes: 3 0 2'), 'EMPTY_INPUT'],
    ['with a byte skip that is none', small({ fields: { 'byte skip': '1.5' } }), 'CORRUPT'],
    [
      'of text and no byte order',
      small({ type: 'short', fields: { encoding: 'ascii', endian: undefined } }),
      'UNSUPPORTED_COMPRESSION',
    ],
    ['without the end of its header', small().subarray(0, 60), 'TRUNCATED'],
    ['without its last value', small().subarray(0, -1), 'TRUNCATED'],
    ['gzipped and cut', small({ gzip: true }).subarray(0, -6), 'TRUNCATED'],
    ['of 10^45 values', small({ sizes: [1e15, 1e15, 1e15] }), 'IMAGE_TOO_LARGE'],
  ])('is one %s', async (_, bytes, code) => {
    expect((await refusalOf(bytes)).code).toBe(code)
  })

  it('and holds fractions is refused at the first one', async () => {
    const data = bytesOf(Float32Array.of(...values.slice(0, 11), 0.5))
    const { code, message } = await refusalOf(small({ type: 'float', data }))
    expect([code, message]).toEqual([
      'NON_INTEGER_LABEL',
      expect.stringContaining('column 2, row 1, slice 1'),
    ])
  })

  it('that is gzipped as a whole, with values that are compressed by themselves or found from the end', async () => {
    for (const inner of [small({ gzip: true }), small({ fields: { 'byte skip': '-1' } })]) {
      const { code, remedy } = await refusalOf(gzipSync(inner))
      expect([code, remedy]).toEqual(['UNSUPPORTED_COMPRESSION', expect.stringContaining('raw')])
    }
  })
})

it('an NRRD that is gzipped as a whole is read in pieces, and its checksum is verified', async () => {
  const bytes = gzipSync(small({ fields: { 'byte skip': '2' }, before: Buffer.from('ab') }))
  const { map, encoding, warnings } = await decode(bytes)
  expect([encoding, [...map.labels], warnings]).toEqual(['nrrd-uint8', values, []])
  bytes[bytes.length - 6] ^= 1
  expect((await refusalOf(bytes)).code).toBe('CORRUPT')
  expect((await refusalOf(gzipSync(small().subarray(0, -1)))).code).toBe('TRUNCATED')
  expect((await refusalOf(gzipSync(small().subarray(0, 60)))).code).toBe('TRUNCATED')
})

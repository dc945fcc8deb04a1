import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeMask } from '../../../src/decoding/decode-mask.ts'
import { orientationOf } from '../../../src/labels/volume-geometry.ts'
import { defaultLimits } from '../../../src/limits.ts'
import { type NiftiNumbers, writeNifti } from '../../oracle/nifti-writer.ts'
import { refusalOf } from '../refusal-of.ts'

const decode = (bytes: Uint8Array, options: object = {}, limits: object = {}) =>
  decodeMask(bytes, options, { ...defaultLimits, ...limits })
const sides = [3, 2, 2]
const values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const small = (more: Partial<Parameters<typeof writeNifti>[0]> = {}) =>
  writeNifti({ sides, data: Uint8Array.from(values), ...more })

const types: readonly (readonly [string, NiftiNumbers])[] = [
  ['uint8', Uint8Array.from(values)],
  ['int8', Int8Array.from(values)],
  ['uint16', Uint16Array.from(values)],
  ['int16', Int16Array.from(values)],
  ['uint32', Uint32Array.from(values)],
  ['int32', Int32Array.from(values)],
  ['float32', Float32Array.from(values)],
  ['float64', Float64Array.from(values)],
  ['int64', BigInt64Array.from(values.map(BigInt))],
  ['uint64', BigUint64Array.from(values.map(BigInt))],
]

describe('a NIfTI', () => {
  it.each(types)('of %s is read in both versions and byte orders, plain and gzipped', async (name, data) => {
    for (const version of [1, 2] as const)
      for (const bigEndian of [false, true])
        for (const pack of [(bytes: Buffer) => bytes, gzipSync]) {
          const { map, format, encoding, warnings } = await decode(
            pack(writeNifti({ version, bigEndian, sides, data })),
          )
          expect([map.width, map.height, map.depth, map.volume]).toEqual([3, 2, 2, true])
          expect([...map.labels]).toEqual(values)
          expect([format, encoding, warnings]).toEqual(['nifti', `nifti${version}-${name}`, []])
        }
  })

  it('of one slice is an image', async () => {
    const { map } = await decode(small({ sides: [3, 4, 1] }))
    expect([map.width, map.height, map.depth, map.volume]).toEqual([3, 4, 1, undefined])
  })

  it('keeps negative labels where it may, whichever piece they are in', async () => {
    const wide = writeNifti({
      sides: [2, 2 ** 14, 17],
      data: Int16Array.from({ length: 2 ** 15 * 17 }, (_, i) => (i === 2 ** 19 + 5 ? -7 : 300)),
    })
    expect((await refusalOf(wide)).message).toContain('column 1, row 2, slice 16')
    const { map } = await decode(wide, { negative: 'keep' })
    expect([map.labels[0], map.labels[2 ** 19 + 5], map.labels[map.labels.length - 1]]).toEqual([
      300, -7, 300,
    ])
  })

  it('has its extensions skipped', async () => {
    const { map } = await decode(small({ extension: new Uint8Array(64).fill(9) }))
    expect([...map.labels]).toEqual(values)
  })

  it('of several frames needs `frame`, and says how many there are', async () => {
    const bytes = small({ sides: [3, 2, 1, 2] })
    const refused = await refusalOf(bytes)
    expect([refused.code, refused.remedy]).toEqual(['MULTI_PAGE', expect.stringContaining('`frame`')])
    expect(refused.message).toContain('from 0 to 1')
    for (const pack of [(file: Buffer) => file, gzipSync]) {
      expect([...(await decode(pack(bytes), { frame: 1 })).map.labels]).toEqual(values.slice(6))
      expect([...(await decode(pack(bytes), { frame: 0 })).map.labels]).toEqual(values.slice(0, 6))
    }
    expect((await refusalOf(bytes, { frame: 2 })).code).toBe('INVALID_OPTIONS')
  })
})

describe('a scale in a NIfTI', () => {
  it('gives labels where they are integers exactly', async () => {
    const { map, encoding, warnings } = await decode(small({ data: Int16Array.from(values), slope: 0.5 }), {
      scaling: 'raw',
    })
    expect([[...map.labels], encoding]).toEqual([values, 'nifti1-int16'])
    expect(warnings).toMatchObject([{ code: 'SCALING_IGNORED' }])
    const even = Int16Array.from(values, (value) => 2 * value)
    const scaled = await decode(small({ data: even, slope: 0.5, intercept: 3 }))
    expect([[...scaled.map.labels], scaled.encoding]).toEqual([
      values.map((value) => value + 3),
      'nifti1-int16:scaled',
    ])
  })

  it.each([0, Number.NaN, Number.POSITIVE_INFINITY])('of %s is none', async (slope) => {
    expect([...(await decode(small({ slope }))).map.labels]).toEqual(values)
  })

  // What nibabel writes of the labels 0, 1 and 2 held as floats, with a header of int16: nibabel issue 1001.
  const nibabel = () => {
    const slope = Math.fround(2 / 65_535)
    const intercept = Math.fround(-32_768 * -slope)
    return writeNifti({ sides: [3, 1, 1], data: Int16Array.of(-32_768, 0, 32_767), slope, intercept })
  }

  it('that nibabel computed from floats is refused with both values and the way out, and rounded where asked for', async () => {
    const refused = await refusalOf(nibabel())
    expect(refused.code).toBe('NON_INTEGER_LABEL')
    expect(refused.message).toContain('the stored 0 means 1.00001')
    expect(refused.message).toContain('and the stored 32767 means')
    expect(refused.remedy).toContain('`scaling`')
    const { map } = await decode(nibabel(), { scaling: 'round' })
    expect([...map.labels]).toEqual([0, 1, 2])
  })

  it('that spreads 0, 7 and 14 over bytes, as nibabel does, is refused exactly and rounded', async () => {
    const slope = Math.fround(14 / 255)
    const bytes = writeNifti({ sides: [3, 1, 1], data: Uint8Array.of(0, 128, 255), slope, intercept: 0 })
    const { code, message } = await refusalOf(bytes)
    expect([code, message]).toEqual([
      'NON_INTEGER_LABEL',
      expect.stringContaining('the stored 128 means 7.027'),
    ])
    expect([...(await decode(bytes, { scaling: 'round' })).map.labels]).toEqual([0, 7, 14])
  })

  it('is not rounded where two stored values would become the same, or one is far off', async () => {
    const merged = small({ data: Float64Array.of(...values.slice(0, 10), 1.01, 5), slope: 1, intercept: 0 })
    expect((await refusalOf(merged, { scaling: 'round' })).message).toContain('both become the label 1')
    const off = small({ data: Float64Array.of(...values.slice(0, 11), 20.06) })
    expect((await refusalOf(off, { scaling: 'round' })).message).toContain('0.05')
  })
})

describe('where the voxels of a NIfTI lie', () => {
  const sform = [-2, 0, 0, 10, 0, 0.5, 0, -20, 0, 0, 3, 5]
  const geometryOf = async (more: Partial<Parameters<typeof writeNifti>[0]>) =>
    (await decode(small(more))).geometry

  it('is told by the sform first', async () => {
    const geometry = await geometryOf({ sform, qform: [0, 0, 0, 1, 2, 3] })
    expect(geometry).toMatchObject({ source: 'sform', spacing: { column: 2, row: 0.5, depth: 3 } })
    expect(
      orientationOf(
        geometry?.affine ?? [
          [0, 0, 0, 0],
          [0, 0, 0, 0],
          [0, 0, 0, 0],
        ],
      ),
    ).toBe('LAS')
  })

  it('is told by the qform else, whose third axis is mirrored by a pixdim[0] of -1, and not by 0', async () => {
    const of = (first: number) => geometryOf({ qform: [0, 0, 1, 10, -20, 5], pixdim: [first, 2, 0.5, 3] })
    const expected = (sign: number) => [
      [-2, 0, 0, 10],
      [0, -0.5, 0, -20],
      [0, 0, 3 * sign, 5],
    ]
    for (const [first, sign] of [
      [-1, -1],
      [0, 1],
      [1, 1],
    ]) {
      const geometry = await of(first)
      expect(geometry?.source).toBe('qform')
      geometry?.affine?.forEach((line, k) => {
        line.forEach((number, j) => {
          expect(number).toBeCloseTo(expected(sign)[k][j], 6)
        })
      })
    }
  })

  it('is only told by distances where both codes are 0, in the units of the file', async () => {
    expect(await geometryOf({ pixdim: [1, 2, 3, 4] })).toEqual({
      source: 'pixdim',
      unit: 'mm',
      spacing: { column: 2, row: 3, depth: 4 },
    })
    expect((await geometryOf({ pixdim: [1, 2, 3, 4], units: 3 }))?.spacing.column).toBeCloseTo(0.002, 12)
    expect((await geometryOf({ pixdim: [1, 2, 3, 4], units: 1 }))?.spacing.column).toBe(2000)
    expect((await geometryOf({ pixdim: [1, 2, 3, 4], units: 0 }))?.spacing.column).toBe(2)
    expect(await geometryOf({ pixdim: [1, 0, 3, 4] })).toBeUndefined()
  })

  it('is taken for millimetres, with a warning, where the unit is a number that stands for none', async () => {
    const { geometry, warnings } = await decode(small({ sform, units: 7 }))
    expect(geometry?.spacing.column).toBe(2)
    expect(warnings).toMatchObject([{ code: 'GEOMETRY_UNREADABLE', message: expect.stringContaining('7') }])
    expect((await decode(small({ sform, units: 2 + 8 }))).warnings).toEqual([])
  })

  it('is warned of where both forms are set and disagree, or one cannot be meant', async () => {
    const codes = async (more: object) => (await decode(small(more))).warnings.map(({ code }) => code)
    expect(await codes({ sform, qform: [0, 0, 0, 1, 2, 3] })).toEqual(['FORMS_DISAGREE'])
    expect(await codes({ sform: [1, 0, 0, 1, 0, 1, 0, 2, 0, 0, 1, 3], qform: [0, 0, 0, 1, 2, 3] })).toEqual(
      [],
    )
    expect(await codes({ sform: Array<number>(12).fill(0) })).toEqual(['GEOMETRY_UNREADABLE'])
  })
})

describe('a NIfTI that is refused', () => {
  const huge = (version: 1 | 2) => {
    const bytes = small({ version })
    if (version === 1) for (const at of [42, 44, 46]) bytes.writeInt16LE(32_767, at)
    else for (const at of [24, 32, 40]) bytes.writeBigInt64LE(2n ** 62n, at)
    return bytes
  }
  const cutGzip = gzipSync(small()).subarray(0, -6)
  const wrongSum = Buffer.from(gzipSync(small()))
  wrongSum[wrongSum.length - 7] ^= 1
  it.each<readonly [string, Buffer, string]>([
    ['cut within its header', small().subarray(0, 200), 'TRUNCATED'],
    ['cut within the header of version 2', small({ version: 2 }).subarray(0, 400), 'TRUNCATED'],
    ['without its last voxel', small().subarray(0, -1), 'TRUNCATED'],
    ['gzipped and cut', cutGzip, 'TRUNCATED'],
    ['gzipped with too few voxels', gzipSync(small().subarray(0, -1)), 'TRUNCATED'],
    ['gzipped with a wrong checksum', wrongSum, 'CORRUPT'],
    ['of 2^45 voxels', huge(1), 'IMAGE_TOO_LARGE'],
    ['of 2^186 voxels', huge(2), 'IMAGE_TOO_LARGE'],
    ['of 2^45 voxels, gzipped', gzipSync(huge(1)), 'IMAGE_TOO_LARGE'],
    ['of no axes', small({ shorts: { 40: 0 } }), 'CORRUPT'],
    ['of eight axes', small({ shorts: { 40: 8 } }), 'CORRUPT'],
    ['of a negative side', small({ shorts: { 44: -2 } }), 'CORRUPT'],
    ['of no voxels', small({ shorts: { 44: 0 } }), 'EMPTY_INPUT'],
    ['of vectors', small({ sides: [3, 2, 1, 1, 2] }), 'UNSUPPORTED_PIXEL_FORMAT'],
    ...[1, 32, 128, 1536, 1792, 2048, 2304].map(
      (type) =>
        [
          `of the type ${type}: bits, colours, complex or more than 64 bits`,
          small({ shorts: { 70: type } }),
          'UNSUPPORTED_PIXEL_FORMAT',
        ] as const,
    ),
    ['whose bits do not fit its type', small({ shorts: { 72: 16 } }), 'CORRUPT'],
    ['whose voxels stand in another file', small({ detached: true }), 'UNSUPPORTED_FORMAT'],
    ['that is an ANALYZE', small({ shorts: { 344: 0 } }), 'UNSUPPORTED_FORMAT'],
  ])('is one %s', async (_, bytes, code) => {
    expect((await refusalOf(bytes)).code).toBe(code)
  })

  it('says a size in its header that is neither 348 nor 540', async () => {
    const bytes = small()
    bytes.writeInt32LE(349, 0)
    expect((await refusalOf(bytes)).code).toBe('CORRUPT')
  })

  it('has voxels that begin within its header, or nowhere', async () => {
    for (const offset of [100, 352.5, 1e9, Number.NaN]) {
      const bytes = small()
      bytes.writeFloatLE(offset, 108)
      expect((await refusalOf(bytes)).code).toBe('CORRUPT')
    }
  })

  it('and is large says which scores would pass', async () => {
    const { code, message } = await refusalOf(small(), {}, { ...defaultLimits, maxPixels: 11 })
    expect([code, message]).toEqual([
      'IMAGE_TOO_LARGE',
      expect.stringContaining('information, pairs, overlap'),
    ])
    expect((await refusalOf(small(), {}, { ...defaultLimits, maxVoxels: 11 })).message).toContain(
      'MASKSCORE_MAX_VOXELS',
    )
  })
})

describe('a gzip', () => {
  it('of a thousandth of its voxels is read, as that is what masks compress to', async () => {
    const bytes = writeNifti({ sides: [256, 256, 16], data: new Uint8Array(2 ** 20) })
    const packed = gzipSync(bytes)
    expect(bytes.length / packed.length).toBeGreaterThan(500)
    expect((await decode(packed)).map.labels).toHaveLength(2 ** 20)
  })

  it('is believed nothing of its size: another one at its end is damage, and not what is allocated', async () => {
    const packed = Buffer.from(gzipSync(small()))
    packed.writeUInt32LE(0xffff_ffff, packed.length - 4)
    expect((await refusalOf(packed)).code).toBe('CORRUPT')
  })
})

describe('bytes behind the voxels', () => {
  it('are ignored with a warning, inside of the gzip and behind it', async () => {
    const more = Buffer.from('more')
    for (const bytes of [
      Buffer.concat([small(), more]),
      Buffer.concat([gzipSync(small()), more]),
      gzipSync(Buffer.concat([small(), more])),
    ])
      expect((await decode(bytes)).warnings).toMatchObject([{ code: 'TRAILING_DATA' }])
  })

  it('may be a further member of the gzip', async () => {
    const bytes = small()
    const members = Buffer.concat([gzipSync(bytes.subarray(0, 355)), gzipSync(bytes.subarray(355))])
    const { map, warnings } = await decode(members)
    expect([[...map.labels], warnings]).toEqual([values, []])
  })

  it('of a gigabyte of zeros are not inflated, so the file is refused: its checksum cannot be reached', async () => {
    const { code, message } = await refusalOf(gzipSync(Buffer.concat([small(), Buffer.alloc(2 ** 26)])))
    expect([code, message]).toEqual(['CORRUPT', expect.stringContaining('beyond the voxels')])
  })

  it('are read on to the checksum, which tells damage that shows by nothing else', async () => {
    const bytes = gzipSync(Buffer.concat([small(), Buffer.from('more')]))
    bytes[bytes.length - 7] ^= 1
    expect((await refusalOf(bytes)).code).toBe('CORRUPT')
  })
})

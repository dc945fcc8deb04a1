import { describe, expect, it } from 'vitest'
import { decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { writeMetaImage } from '../oracle/metaimage-writer.ts'
import { refusalOf } from './refusal-of.ts'

const decode = (bytes: Uint8Array, options: object = {}, limits: object = {}) =>
  decodeMask(bytes, options, { ...defaultLimits, ...limits })
const image = (more: Partial<Parameters<typeof writeMetaImage>[0]> = {}) =>
  writeMetaImage({ sides: [3, 2], type: 'MET_UCHAR', data: Uint8Array.of(0, 1, 2, 3, 4, 5), ...more })

describe('a MetaImage', () => {
  it('is read row by row, raw or compressed', async () => {
    for (const compressed of [false, true]) {
      const { map, format, encoding, warnings } = await decode(image({ compressed }))
      expect([map.width, map.height, map.depth, [...map.labels]]).toEqual([3, 2, 1, [0, 1, 2, 3, 4, 5]])
      expect([format, encoding, warnings]).toEqual(['mha', 'mha-uint8', []])
      expect(map.volume).toBeUndefined()
    }
  })

  it('of three axes is a volume, slice by slice, also of one slice', async () => {
    const { map } = await decode(image({ sides: [1, 2, 3] }))
    expect([map.width, map.height, map.depth, [...map.labels]]).toEqual([1, 2, 3, [0, 1, 2, 3, 4, 5]])
    expect((await decode(image({ sides: [3, 2, 1] }))).map).toMatchObject({ depth: 1, volume: true })
  })

  it.each([
    ['MET_CHAR', 'int8', Uint8Array.of(0xff, 7)],
    ['MET_SHORT', 'int16', Uint8Array.of(0xff, 0xff, 7, 0)],
    ['MET_INT', 'int32', Uint8Array.of(0xff, 0xff, 0xff, 0xff, 7, 0, 0, 0)],
    ['MET_LONG', 'int32', Uint8Array.of(0xff, 0xff, 0xff, 0xff, 7, 0, 0, 0)],
    ['MET_LONG_LONG', 'int64', new Uint8Array(BigInt64Array.of(-1n, 7n).buffer)],
    ['MET_FLOAT', 'float32', new Uint8Array(Float32Array.of(-1, 7).buffer)],
    ['MET_DOUBLE', 'float64', new Uint8Array(Float64Array.of(-1, 7).buffer)],
  ])('of %s has the stored elements as labels', async (type, name, data) => {
    const { map, encoding } = await decode(image({ sides: [2, 1], type, data }), { negative: 'keep' })
    expect([encoding, [...map.labels]]).toEqual([`mha-${name}`, [-1, 7]])
    const refused = await refusalOf(image({ sides: [2, 1], type, data }))
    expect([refused.code, refused.message]).toEqual([
      'NEGATIVE_LABEL',
      expect.stringContaining('column 0, row 0'),
    ])
  })

  it('may have its elements with the high byte first', async () => {
    const data = Uint8Array.of(1, 2, 0, 9)
    const fields = { BinaryDataByteOrderMSB: 'True' }
    const { map } = await decode(image({ sides: [2, 1], type: 'MET_USHORT', data, fields }))
    expect([...map.labels]).toEqual([0x102, 9])
  })

  it('of two axes has the distances of its pixels, and warns that the direction of its axes is not used', async () => {
    const fields = { ElementSpacing: '0.5 0.7', TransformMatrix: '-1 0 0 1' }
    const { warnings, geometry } = await decode(image({ fields }))
    expect(warnings.map(({ code }) => code)).toEqual(['DIRECTIONS_NOT_USED'])
    expect(geometry).toEqual({
      source: 'ElementSpacing',
      unit: 'mm',
      spacing: { column: 0.5, row: 0.7, depth: 1 },
    })
    expect((await decode(image())).geometry).toBeUndefined()
  })

  it('of three axes lies where its rows of directions to the left, to the back and upwards say', async () => {
    const fields = {
      ElementSpacing: '2 3 4',
      TransformMatrix: '0 1 0 -1 0 0 0 0 1',
      Offset: '10 20 30',
    }
    const { geometry } = await decode(image({ sides: [3, 2, 1], fields }))
    expect(geometry).toEqual({
      source: 'TransformMatrix',
      unit: 'mm',
      spacing: { column: 2, row: 3, depth: 4 },
      affine: [
        [-0, 3, -0, -10],
        [-2, -0, -0, -20],
        [0, 0, 4, 30],
      ],
    })
  })

  it('may have bytes before its elements, or its elements at its end', async () => {
    const skip = Buffer.from('skip')
    for (const [HeaderSize, data] of [
      ['4', Buffer.concat([skip, Uint8Array.of(0, 1, 2, 3, 4, 5)])],
      ['-1', Buffer.concat([skip, skip, Uint8Array.of(0, 1, 2, 3, 4, 5)])],
    ] as const)
      expect([...(await decode(image({ data, fields: { HeaderSize } }))).map.labels]).toEqual([
        0, 1, 2, 3, 4, 5,
      ])
  })

  it('warns of bytes behind its elements, also of elements that no size declares', async () => {
    expect((await decode(image({ compressed: true, sides: [2, 2] }))).warnings).toMatchObject([
      { code: 'TRAILING_DATA' },
    ])
    for (const compressed of [false, true]) {
      const { warnings } = await decode(Buffer.concat([image({ compressed }), Buffer.from('more')]))
      expect(warnings).toMatchObject([{ code: 'TRAILING_DATA' }])
    }
  })

  const large = { sides: [40_000, 40_000], data: new Uint8Array(4) }
  it.each([
    ['without its last element', image().subarray(0, -1), 'TRUNCATED'],
    ['compressed and cut', image({ compressed: true }).subarray(0, -3), 'TRUNCATED'],
    ['compressed to too little', image({ compressed: true, sides: [4, 2] }), 'TRUNCATED'],
    ['compressed and damaged', image({ fields: { CompressedData: 'True' } }), 'CORRUPT'],
    ['cut within its header', image().subarray(0, 100), 'TRUNCATED'],
    ['larger than the limits', image(large), 'IMAGE_TOO_LARGE'],
    ['of no pixels', image({ sides: [0, 2] }), 'EMPTY_INPUT'],
    ['of four axes', image({ sides: [3, 2, 1, 1] }), 'UNSUPPORTED_PIXEL_FORMAT'],
    ['of three channels', image({ fields: { ElementNumberOfChannels: '3' } }), 'UNSUPPORTED_PIXEL_FORMAT'],
    ['of text', image({ fields: { BinaryData: 'False' } }), 'UNSUPPORTED_PIXEL_FORMAT'],
    ['of another type', image({ fields: { ElementType: 'constructor' } }), 'UNSUPPORTED_PIXEL_FORMAT'],
    ['with another number of axes', image({ fields: { NDims: '3' } }), 'CORRUPT'],
    ['with a size that is none', image({ fields: { DimSize: '3 -2' } }), 'CORRUPT'],
  ])('%s is refused', async (_, bytes, code) => {
    expect((await refusalOf(bytes)).code).toBe(code)
  })

  it('whose pixels lie in another file is refused, and says what to save', async () => {
    const bytes = Buffer.from(
      Buffer.from(image()).toString('latin1').replace('= LOCAL', '= mask.raw'),
      'latin1',
    )
    expect((await refusalOf(bytes)).message).toContain('mask.raw')
  })

  it('with fractions is refused at the first one', async () => {
    const data = new Uint8Array(Float32Array.of(1, 0.5).buffer)
    const refused = await refusalOf(image({ sides: [2, 1], type: 'MET_FLOAT', data }))
    expect([refused.code, refused.message]).toEqual([
      'NON_INTEGER_LABEL',
      expect.stringContaining('column 1, row 0'),
    ])
  })
})

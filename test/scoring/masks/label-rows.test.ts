import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../src/limits.ts'
import { readLabelRows } from '../../../src/scoring/masks/label-rows.ts'

const read = (data: unknown, negative: 'reject' | 'keep' = 'reject') =>
  readLabelRows(data, negative, defaultLimits).map

describe('readLabelRows', () => {
  it('reads rows as an image and numbers as a clustering', () => {
    expect(
      read([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ).toEqual({ width: 3, height: 2, depth: 1, labels: Uint8Array.of(1, 2, 3, 4, 5, 6) })
    expect(read([7, 8])).toEqual({ width: 2, height: 1, depth: 1, labels: Uint8Array.of(7, 8) })
  })

  it('reads slices of rows as a volume, also one slice', () => {
    expect(read([[[1, 2, 3]], [[4, 5, 6]]])).toEqual({
      width: 3,
      height: 1,
      depth: 2,
      labels: Uint8Array.of(1, 2, 3, 4, 5, 6),
      volume: true,
    })
    expect(read([[[1], [2]]])).toMatchObject({ width: 1, height: 2, depth: 1, volume: true })
  })

  it.each([
    [[0, 255], Uint8Array],
    [[0, 256], Uint16Array],
    [[0, 65_536], Uint32Array],
    [[0, 4_294_967_295], Uint32Array],
    [[-1, 5], Int32Array],
  ])('keeps %j in the smallest type that holds it', (data, type) => {
    expect(read(data, 'keep').labels).toBeInstanceOf(type)
    expect([...read(data, 'keep').labels]).toEqual(data)
  })

  it.each([
    ['no array', 5, 'INVALID_ANNOTATION', '/data'],
    ['nothing', [], 'EMPTY_INPUT', '/data'],
    ['an empty row', [[]], 'EMPTY_INPUT', '/data/0'],
    ['ragged rows', [[1, 2], [3]], 'INVALID_ANNOTATION', '/data/1'],
    ['a number among rows', [[1, 2], 3], 'INVALID_ANNOTATION', '/data/1'],
    ['slices of different heights', [[[1], [2]], [[3]]], 'INVALID_ANNOTATION', '/data/1'],
    ['ragged rows in a slice', [[[1, 2]], [[3, 4]], [[5]]], 'INVALID_ANNOTATION', '/data/2/0'],
    ['an empty row in a slice', [[[]]], 'EMPTY_INPUT', '/data/0/0'],
    [
      'a fraction in a slice',
      [
        [[1], [2]],
        [[3], [4.5]],
      ],
      'NON_INTEGER_LABEL',
      '/data/1/1/0',
    ],
    ['four levels', [[[[1]]]], 'INVALID_ANNOTATION', '/data'],
    [
      'a fraction',
      [
        [1, 2],
        [3, 4.5],
      ],
      'NON_INTEGER_LABEL',
      '/data/1/1',
    ],
    ['a string', [1, '2'], 'NON_INTEGER_LABEL', '/data/1'],
    ['null', [1, null], 'NON_INTEGER_LABEL', '/data/1'],
    ['a negative label', [1, -1], 'NEGATIVE_LABEL', '/data'],
    ['a label past uint32', [1, 2 ** 32], 'LABEL_OUT_OF_RANGE', '/data'],
  ])('refuses %s', (_, data, code, pointer) => {
    expect(() => read(data)).toThrow(
      expect.objectContaining({ code, errors: [expect.objectContaining({ pointer })] }),
    )
  })

  it('refuses labels that no single integer type can hold', () => {
    expect(() => read([-1, 2 ** 31], 'keep')).toThrow(expect.objectContaining({ code: 'LABEL_OUT_OF_RANGE' }))
  })

  it('refuses more labels than the limit of pixels', () => {
    expect(() => readLabelRows([1, 2, 3], 'reject', { ...defaultLimits, maxPixels: 2 })).toThrow(
      expect.objectContaining({ code: 'IMAGE_TOO_LARGE' }),
    )
  })
})

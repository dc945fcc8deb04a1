import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type DecodeOptions, decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { readNpyIntegers } from '../oracle/npy.ts'
import { refusalOf } from './refusal-of.ts'

const decode = (bytes: Uint8Array, options: DecodeOptions = {}) => decodeMask(bytes, options, defaultLimits)

function npy(header: string, data: Uint8Array, version = 1): Buffer {
  const text = Buffer.from(`${header}\n`, 'latin1')
  const length = Buffer.alloc(version === 1 ? 2 : 4)
  length.writeUIntLE(text.length, 0, length.length)
  return Buffer.concat([Buffer.from('\x93NUMPY', 'latin1'), Buffer.of(version, 0), length, text, data])
}

const header = (descr: string, shape: string, fortran = false) =>
  `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`

type Numbers = number[] | bigint[]

const types: readonly (readonly [
  string,
  Numbers,
  (view: DataView, at: number, value: never, little: boolean) => void,
])[] = [
  ['b1', [0, 1, 1, 0, 1, 0], (view, at, value) => view.setUint8(at, value)],
  ['u1', [0, 255, 3, 4, 5, 6], (view, at, value) => view.setUint8(at, value)],
  ['i1', [0, 127, -128, 4, -1, 6], (view, at, value) => view.setInt8(at, value)],
  ['u2', [0, 65_535, 258, 4, 5, 6], (view, at, value, little) => view.setUint16(at, value, little)],
  ['i2', [0, 32_767, -32_768, 258, -1, 6], (view, at, value, little) => view.setInt16(at, value, little)],
  ['u4', [0, 4_294_967_295, 66_051, 4, 5, 6], (view, at, value, little) => view.setUint32(at, value, little)],
  [
    'i4',
    [0, 2_147_483_647, -2_147_483_648, 66_051, -1, 6],
    (view, at, value, little) => view.setInt32(at, value, little),
  ],
  [
    'u8',
    [0n, 4_294_967_295n, 66_051n, 4n, 5n, 6n],
    (view, at, value, little) => view.setBigUint64(at, value, little),
  ],
  [
    'i8',
    [0n, 2_147_483_647n, -2_147_483_648n, 4n, -1n, 6n],
    (view, at, value, little) => view.setBigInt64(at, value, little),
  ],
  ['f2', [0, 2048, -2048, 4, -1, 6], (view, at, value, little) => view.setFloat16(at, value, little)],
  [
    'f4',
    [0, 16_777_216, -16_777_216, 4, -1, 6],
    (view, at, value, little) => view.setFloat32(at, value, little),
  ],
  [
    'f8',
    [0, 2_147_483_647, -2_147_483_648, 4, -1, 6],
    (view, at, value, little) => view.setFloat64(at, value, little),
  ],
]

function items(type: string, values: Numbers, little: boolean): Uint8Array {
  const [, , write] = types.find(([name]) => name === type)!
  const size = Number(type[1])
  const view = new DataView(new ArrayBuffer(values.length * size))
  values.forEach((value, i) => {
    write(view, i * size, value as never, little)
  })
  return new Uint8Array(view.buffer)
}

describe.each(types)('.npy items of type %s', (type, values) => {
  const numbers = values.map(Number)

  it.each([
    ['<', true],
    ['>', false],
  ])('in byte order %s', async (order, little) => {
    const bytes = npy(header(order + type, '(2, 3)'), items(type, values, little))
    const { map, format } = await decode(bytes, { negative: 'keep' })
    expect([...map.labels]).toEqual(numbers)
    expect(map).toMatchObject({ width: 3, height: 2, depth: 1 })
    expect(format).toBe('npy')
    if (numbers.some((value) => value < 0)) expect((await refusalOf(bytes)).code).toBe('NEGATIVE_LABEL')
  })

  it('in Fortran order', async () => {
    const { map } = await decode(npy(header(`<${type}`, '(2, 3)', true), items(type, values, true)), {
      negative: 'keep',
    })
    expect([...map.labels]).toEqual([0, 2, 4, 1, 3, 5].map((i) => numbers[i]))
  })
})

describe('.npy arrays', () => {
  const bytes = Uint8Array.from({ length: 24 }, (_, i) => i)

  it('with three axes are volumes on request, in either order', async () => {
    const c = npy(header('|u1', '(2, 3, 4)'), bytes)
    expect((await refusalOf(c)).code).toBe('MULTI_PAGE')
    const { map } = await decode(c, { stack: 'volume' })
    expect(map).toMatchObject({ width: 4, height: 3, depth: 2 })
    expect([...map.labels]).toEqual([...bytes])
    const fortran = await decode(npy(header('|u1', '(2, 3, 4)', true), bytes), { stack: 'volume' })
    // Item [z, y, x] is stored at z + 2 (y + 3 x).
    expect(fortran.map.labels[1 * 12 + 2 * 4 + 3]).toBe(1 + 2 * (2 + 3 * 3))
    expect([...fortran.map.labels].slice(0, 4)).toEqual([0, 6, 12, 18])
  })

  it.each([2, 3])('may have a header of version %i', async (version) => {
    expect([...(await decode(npy(header('|u1', '(4, 6)'), bytes, version))).map.labels]).toEqual([...bytes])
  })

  it('may spell their header as other writers do', async () => {
    const text = '{"shape":(4L,6L),"fortran_order":False,"descr":"|u1"}   '
    expect([...(await decode(npy(text, bytes))).map.labels]).toEqual([...bytes])
  })

  it('may start at any offset of a buffer', async () => {
    const file = npy(header('<u2', '(3, 4)'), bytes)
    const shifted = new Uint8Array(file.length + 3)
    shifted.set(file, 3)
    const { map } = await decode(shifted.subarray(3))
    expect([...map.labels]).toEqual([...new Uint16Array(bytes.buffer)])
  })

  it('with bytes after them are read, with a warning', async () => {
    const { warnings } = await decode(npy(header('|u1', '(4, 5)'), bytes))
    expect(warnings.map(({ code }) => code)).toEqual(['TRAILING_DATA'])
  })

  it('keep the type of their width when signed without negative values', async () => {
    const labels = async (type: string, values: number[]) =>
      (await decode(npy(header(`<${type}`, '(1, 2)'), items(type, values, true)))).map.labels
    expect(await labels('i1', [3, 127])).toEqual(Uint8Array.of(3, 127))
    expect(await labels('i2', [3, 300])).toEqual(Uint16Array.of(3, 300))
    expect(await labels('i4', [3, 70_000])).toEqual(Uint32Array.of(3, 70_000))
  })
})

describe('axes of a .npy', () => {
  const bytes = Uint8Array.from({ length: 24 }, (_, i) => i * 10)
  const inOrder = [...bytes]

  it.each([
    ['(4, 6)', [6, 4, 1]],
    ['(1, 4, 6)', [6, 4, 1]],
    ['(4, 6, 1)', [6, 4, 1]],
    ['(1, 4, 6, 1)', [6, 4, 1]],
    ['(1, 1, 4, 6)', [6, 4, 1]],
    ['(4, 6, 1, 1)', [6, 4, 1]],
    ['(1, 24)', [24, 1, 1]],
    ['(24, 1)', [1, 24, 1]],
    ['(1, 1, 24)', [24, 1, 1]],
    ['(24,)', [24, 1, 1]],
  ] as const)('of length 1 are no slices: %s', async (shape, [width, height, depth]) => {
    for (const fortran of [false, true]) {
      const { map } = await decode(npy(header('|u1', shape, fortran), bytes))
      expect(map).toMatchObject({ width, height, depth })
      const turned = Array.from({ length: 24 }, (_, i) => bytes[Math.floor(i / width) + height * (i % width)])
      expect([...map.labels]).toEqual(fortran ? turned : inOrder)
    }
  })

  it.each([
    ['(2, 3, 4)', [4, 3, 2]],
    ['(1, 2, 3, 4)', [4, 3, 2]],
    ['(2, 1, 3, 4)', [4, 3, 2]],
    ['(2, 3, 4, 1)', [4, 3, 2]],
    ['(1, 1, 2, 3, 4)', [4, 3, 2]],
    ['(1, 6, 4)', [4, 6, 1]],
    ['(6, 4, 1)', [1, 4, 6]],
    ['(6, 4)', [4, 6, 1]],
  ] as const)(
    'of length 1 beyond the three of a volume are none: %s',
    async (shape, [width, height, depth]) => {
      const { map } = await decode(npy(header('|u1', shape), bytes), { stack: 'volume' })
      expect(map).toMatchObject({ width, height, depth })
      expect([...map.labels]).toEqual(inOrder)
    },
  )

  it('may be one: a list of labels, longer than a side of an image may be', async () => {
    const list = new Uint8Array(100_000).fill(3)
    expect((await decode(npy(header('|u1', '(100000,)'), list))).map).toMatchObject({
      width: 100_000,
      height: 1,
    })
    const refusal = await refusalOf(npy(header('|u1', '(100000,)'), list), {}, { maxPixels: 99_999 })
    expect(refusal).toMatchObject({ code: 'IMAGE_TOO_LARGE' })
  })
})

describe('one plane per class in a .npy', () => {
  const [height, width, classes] = [5, 7, 4]
  const labels = Array.from({ length: height * width }, (_, i) => (i * 3) % classes)
  const oneHot = (on: number, off = 0) =>
    Array.from({ length: classes }, (_, k) => labels.map((label) => (label === k ? on : off))).flat()
  const channelsLast = (planes: readonly number[]) =>
    labels.flatMap((_, i) => Array.from({ length: classes }, (_, k) => planes[k * labels.length + i]))
  const first = `(${classes}, ${height}, ${width})`
  const last = `(${height}, ${width}, ${classes})`

  it.each([
    ['u1', oneHot(1), first, 'arr.argmax(0)'],
    ['u1', oneHot(255), first, 'arr.argmax(0)'],
    ['b1', oneHot(1), first, 'arr.argmax(0)'],
    ['i8', oneHot(1).map(BigInt), first, 'arr.argmax(0)'],
    ['f4', oneHot(1), first, 'arr.argmax(0)'],
    ['f4', oneHot(0.7, 0.1), first, 'arr.argmax(0)'],
    ['f2', oneHot(0.7, 0.1), first, 'arr.argmax(0)'],
    ['f8', oneHot(0.7, 0.1), `(1, ${classes}, ${height}, ${width})`, 'arr.squeeze().argmax(0)'],
    ['u1', channelsLast(oneHot(1)), last, 'arr.argmax(-1)'],
    ['f4', channelsLast(oneHot(0.7, 0.1)), last, 'arr.argmax(-1)'],
  ] as const)('is refused with what to do: %s, %s', async (type, values, shape, argmax) => {
    const file = npy(header(`<${type}`, shape), items(type, [...values] as Numbers, true))
    const { code, message, remedy } = await refusalOf(file)
    expect(code).toBe('MULTI_PAGE')
    expect(message).toContain('one plane per class')
    expect(remedy).toContain(`\`${argmax}\``)
    expect(remedy).not.toContain('`stack`')
  })

  it('is seen in Fortran order, too', async () => {
    const file = npy(header('|u1', last, true), items('u1', oneHot(1), true))
    expect((await refusalOf(file)).remedy).toContain('arr.argmax(-1)')
  })

  it('is none where some pixel has two classes, or none, or values add up to something else', async () => {
    const planes = oneHot(1)
    for (const other of [
      planes.with(0, 1).with(35, 1),
      planes.with(0, 0).with(35, 0).with(70, 0),
      planes.with(0, 7),
    ]) {
      const file = npy(header('|u1', first), items('u1', other, true))
      expect((await refusalOf(file)).message).toContain('`stack`')
    }
  })

  it('is not what an image in colour is', async () => {
    const image = Array.from({ length: 6 * 8 * 3 }, (_, i) => (i * 37) % 256)
    const { code, message, remedy } = await refusalOf(
      npy(header('|u1', '(6, 8, 3)'), items('u1', image, true)),
    )
    expect([code, message]).toEqual(['MULTI_PAGE', expect.stringContaining('image of 3 channels')])
    expect(remedy).not.toContain('`stack`')
  })
})

describe('what a .npy is refused for', () => {
  const data = new Uint8Array(64)
  const one = (type: string, values: Numbers) =>
    npy(header(`<${type}`, `(1, ${values.length})`), items(type, values, true))

  it.each([
    ['UNSUPPORTED_PIXEL_FORMAT', header('<f3', '(2, 3)')],
    ['UNSUPPORTED_PIXEL_FORMAT', header('<c8', '(2, 3)')],
    ['UNSUPPORTED_PIXEL_FORMAT', header('|O', '(2, 3)')],
    ['UNSUPPORTED_PIXEL_FORMAT', header('<U4', '(2, 3)')],
    ['UNSUPPORTED_PIXEL_FORMAT', "{'descr': [('a', '<u1')], 'fortran_order': False, 'shape': (2, 3)}"],
    ['UNSUPPORTED_PIXEL_FORMAT', header('|u1', '()')],
    ['UNSUPPORTED_PIXEL_FORMAT', header('|u1', '(2, 2, 2, 3)')],
    ['MULTI_PAGE', header('|u1', '(2, 1, 2, 3)')],
    ['MULTI_PAGE', header('|u1', '(2, 1, 3)')],
    ['EMPTY_INPUT', header('|u1', '(0, 3)')],
    ['TRUNCATED', header('|u1', '(8, 9)')],
    ['IMAGE_TOO_LARGE', header('|u1', '(1048576, 1048576)')],
    ['IMAGE_TOO_LARGE', header('|u1', '(20000, 20000)')],
    ['IMAGE_TOO_LARGE', header('|u1', '(999999999999999, 999999999999999)')],
    ['CORRUPT', header('|u1', '(-2, 3)')],
    ['CORRUPT', header('|u1', '(2, 3')],
    ['CORRUPT', header('|u1', '[2, 3]')],
    ['CORRUPT', "{'descr': '|u1', 'fortran_order': False}"],
    ['CORRUPT', "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (2, 3)}"],
    ['CORRUPT', `${header('|u1', '(2, 3)')} + 1`],
    ['CORRUPT', "__import__('os').abort()"],
    ['CORRUPT', ''],
  ])('%s: %s', async (code, text) => {
    expect(await refusalOf(npy(text, data))).toMatchObject({ code })
  })

  it('a header longer than any real one', async () => {
    expect((await refusalOf(npy(header('|u1', '(2, 3)').padEnd(20_000), data))).code).toBe('CORRUPT')
  })

  it('another version', async () => {
    expect((await refusalOf(npy(header('|u1', '(2, 3)'), data, 9))).code).toBe('CORRUPT')
  })

  it('ending early, wherever', async () => {
    const file = npy(header('|u1', '(8, 8)'), data)
    for (let end = 6; end < file.length; end++)
      expect((await refusalOf(file.subarray(0, end))).code, `cut at ${end}`).toBe('TRUNCATED')
  })

  it.each([
    ['NON_INTEGER_LABEL', 'f4', [1, 0.5]],
    ['NON_INTEGER_LABEL', 'f8', [1, Number.NaN]],
    ['NON_INTEGER_LABEL', 'f8', [1, Number.POSITIVE_INFINITY]],
    ['LABEL_OUT_OF_RANGE', 'f2', [1, 2050]],
    ['LABEL_OUT_OF_RANGE', 'f4', [1, 16_777_218]],
    ['LABEL_OUT_OF_RANGE', 'f8', [1, 4_294_967_296]],
    ['LABEL_OUT_OF_RANGE', 'u8', [1n, 4_294_967_296n]],
    ['LABEL_OUT_OF_RANGE', 'u8', [1n, 18_446_744_073_709_551_615n]],
    ['LABEL_OUT_OF_RANGE', 'i8', [-1n, 2_147_483_648n]],
    ['LABEL_OUT_OF_RANGE', 'i8', [-2_147_483_649n, 1n]],
    ['CORRUPT', 'b1', [1, 2]],
  ] as const)('%s: %s holding %o', async (code, type, values) => {
    const refusal = await refusalOf(one(type, [...values] as Numbers), { negative: 'keep' })
    expect(refusal).toMatchObject({ code })
    expect(refusal.message).toMatch(/\[0, [01]\]/)
  })
})

const golden = new URL('../golden/masks/', import.meta.url)

const arrays = readdirSync(golden).filter((name) => name.endsWith('.npy'))
const isProbabilities = (name: string) => name.endsWith('_prob.npy')

it.each(arrays.filter(isProbabilities))('golden probabilities %s are no labels', async (name) => {
  const bytes = readFileSync(new URL(name, golden))
  expect((await refusalOf(bytes, { stack: 'volume' })).code).toBe('NON_INTEGER_LABEL')
})

it.each(arrays.filter((name) => !isProbabilities(name)))('golden mask %s', async (name) => {
  const bytes = readFileSync(new URL(name, golden))
  const { map } = await decode(bytes, { negative: 'keep' })
  const oracle = readNpyIntegers(bytes)
  expect([map.height, map.width]).toEqual(oracle.shape)
  expect([...map.labels]).toEqual([...oracle.values])
})

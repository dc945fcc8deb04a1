import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { assignLabels } from '../../src/annotations/label-names.ts'
import { paintAnnotation } from '../../src/annotations/paint.ts'
import { defaultLimits, type Limits } from '../../src/limits.ts'
import type { Refusal } from '../../src/problems/refusal.ts'
import { readMasks } from '../../src/scoring/masks/read-masks.ts'
import { refusalOf } from './grid.ts'
import { pngOf } from './png.ts'
import { read, readAndPaint, readFile } from './read.ts'
import { zipOf } from './zip-writer.ts'

const megabytes = 2 ** 20

/** The refusal of `run`, which must not have taken more memory than a little: what it refuses, it must not build. */
async function cheaplyRefused(run: () => unknown, most = 48): Promise<Refusal> {
  const before = process.resourceUsage().maxRSS
  const refusal = await refusalOf(run)
  expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(most)
  return refusal
}

describe('polygons', () => {
  /** A comb of `count` vertices across the whole image. */
  const comb = (count: number): number[] =>
    Array.from({ length: count }, (_, at) => [(at / count) * 2000, at % 2 ? 900 : 903]).flat()
  const size = { format: 'coco_polygons', width: 2000, height: 1000 } as const

  it.each(['coco', 'center', 'inclusive'] as const)(
    'a million vertices are read, one more is refused: %s',
    async (polygon_fill) => {
      const { map } = await readAndPaint([comb(1_000_000)], { ...size, polygon_fill })
      expect(map.labels.some((label) => label === 1)).toBe(true)
      const tooMany = [comb(1_000_001)]
      const refusal = await cheaplyRefused(() => read(tooMany, { ...size, polygon_fill }))
      expect([refusal.code, refusal.errors[0].pointer]).toEqual(['INPUT_TOO_LARGE', '/0'])
    },
  )

  it('refuses paint over paint, however little text asks for it', async () => {
    const all = [0, 0, 2000, 0, 2000, 2000, 0, 2000]
    const data = Array.from({ length: 40 }, () => ({ label: 'a', polygons: [all] }))
    const image = await read(data, { ...size, height: 2000 })
    const limits = { ...defaultLimits, maxPixels: 2000 * 2000 }
    const refusal = await refusalOf(() => paintAnnotation(image, assignLabels([image]), limits))
    expect(refusal.code).toBe('INPUT_TOO_LARGE')
    expect(refusal.errors[0].pointer).toBe('/15')
  })

  it('refuses more regions than the limit', async () => {
    const shapes = Array.from({ length: 11 }, () => ({
      label: 'a',
      points: [
        [0, 0],
        [1, 1],
      ],
      shape_type: 'rectangle',
    }))
    const data = { shapes, imageWidth: 4, imageHeight: 4 }
    expect((await refusalOf(() => read(data, { limits: { maxRegions: 10 } }))).code).toBe('INPUT_TOO_LARGE')
  })
})

describe('texts', () => {
  it('refuses runs that are longer than the image, however many', async () => {
    const counts = 'o'.repeat(9) + '0'.repeat(8 * megabytes)
    const refusal = await cheaplyRefused(
      () => readAndPaint({ size: [2, 3], counts }, { format: 'coco_rle' }),
      96,
    )
    expect(refusal.errors[0].pointer).toBe('/counts')
  })

  it.each([
    ['JSON', '['.repeat(megabytes)],
    ['JSON', '{"a":'.repeat(megabytes)],
    ['XML', `<annotations>${'<a>'.repeat(megabytes)}`],
  ])('refuses %s nested without end', async (_, text) => {
    const refusal = await cheaplyRefused(() => readFile(new TextEncoder().encode(text)))
    expect(['MALFORMED_JSON', 'INVALID_ANNOTATION']).toContain(refusal.code)
  })

  it.each([
    [
      'entities that grow',
      `<!DOCTYPE a [<!ENTITY x0 "ha">${Array.from({ length: 40 }, (_, n) => `<!ENTITY x${n + 1} "&x${n};&x${n};">`).join('')}]><annotations><image id="&x40;"/></annotations>`,
    ],
    [
      'an entity that is a file',
      '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><annotations>&f;</annotations>',
    ],
    [
      'a document type elsewhere',
      '<!DOCTYPE annotations SYSTEM "http://127.0.0.1:9/x.dtd"><annotations></annotations>',
    ],
    ['an attribute that stands twice', '<annotations><image id="0" id="1"/></annotations>'],
  ])('refuses XML with %s', async (_, text) => {
    expect((await cheaplyRefused(() => read(text))).code).toBe('INVALID_ANNOTATION')
  })

  it('takes names of prototypes for names like any other', async () => {
    const data = JSON.parse('{"__proto__": {"size": [2, 2]}, "counts": "4"}')
    expect((await refusalOf(() => read(data, { format: 'coco_rle' }))).errors[0].pointer).toBe('/size')
    const named = await readAndPaint([{ label: '__proto__', size: [1, 2], counts: [1, 1] }])
    expect([...named.names!]).toEqual([[1, '__proto__']])
  })
})

describe('bitmaps within annotations', () => {
  const bitmask = (png: Uint8Array, size = 4) => [
    {
      id: 'r',
      type: 'bitmasklabels',
      original_width: size,
      original_height: size,
      value: { imageDataURL: `data:image/png;base64,${Buffer.from(png).toString('base64')}` },
    },
  ]

  /** A PNG whose header is changed and whose checksum is mended. */
  async function claiming(width: number, height: number): Promise<Uint8Array> {
    const png = Buffer.from(await pngOf(4, 4, 1, Array(16).fill(1)))
    png.writeUInt32BE(width, 16)
    png.writeUInt32BE(height, 20)
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
    return png
  }

  it.each([
    [60_000, 60_000],
    [2 ** 31 - 1, 1],
    [0, 4],
  ])('refuses a header of %i × %i', async (width, height) => {
    const png = await claiming(width, height)
    const refusal = await cheaplyRefused(() => read(bitmask(png)))
    expect(['IMAGE_TOO_LARGE', 'INVALID_ANNOTATION']).toContain(refusal.code)
    expect(refusal.errors[0].pointer).toBe('/0/value/imageDataURL')
  })

  it('refuses a chequered bitmap, which has as many runs as pixels, while they are counted', async () => {
    const size = 512
    const chequered = Array.from({ length: size * size }, (_, at) => (at + Math.floor(at / size)) % 2)
    const png = await pngOf(size, size, 1, chequered)
    expect(png.length).toBeLessThan(20_000)
    const refusal = await refusalOf(() => read(bitmask(png, size), { limits: { maxRuns: 10_000 } }))
    expect([refusal.code, refusal.errors[0].pointer]).toEqual(['INPUT_TOO_LARGE', '/0/value/imageDataURL'])
  })

  it('refuses many bitmaps, each within the limits', async () => {
    const size = 1000
    const data = Buffer.from(deflateSync(await pngOf(size, size, 1, Array(size * size).fill(0)))).toString(
      'base64',
    )
    const objects = Array.from({ length: 40 }, () => ({ classTitle: 'a', bitmap: { origin: [0, 0], data } }))
    const limits: Partial<Limits> = { maxPixels: size * size }
    const refusal = await refusalOf(() => read({ size: { width: size, height: size }, objects }, { limits }))
    expect(refusal.code).toBe('INPUT_TOO_LARGE')
  })

  it('refuses a zlib stream that inflates without end', async () => {
    const data = Buffer.from(deflateSync(Buffer.alloc(200 * megabytes))).toString('base64')
    const figure = { bitmap: { origin: [0, 0], data } }
    const refusal = await cheaplyRefused(() =>
      read(figure, { width: 4, height: 4, limits: { maxFileBytes: megabytes } }),
    )
    expect([refusal.code, refusal.errors[0].pointer]).toEqual(['INVALID_ANNOTATION', '/bitmap/data'])
  })

  it('refuses base64 of a great many bytes that are no PNG', async () => {
    const imageDataURL = 'A'.repeat(16 * megabytes)
    const refusal = await cheaplyRefused(
      () =>
        read([
          { id: 'r', type: 'bitmasklabels', original_width: 4, original_height: 4, value: { imageDataURL } },
        ]),
      128,
    )
    expect(refusal.errors[0].pointer).toBe('/0/value/imageDataURL')
  })
})

describe('zips', () => {
  const document = { shapes: [], imageWidth: 4, imageHeight: 4, version: '5' }
  const good = { name: 'a.json', content: document }

  it.each(['../a.json', 'x/../../a.json', '/etc/a.json', 'C:\\a.json', '..\\a.json'])(
    'a name that leads out: %s',
    async (name) => {
      expect((await cheaplyRefused(() => readFile(zipOf({ name, content: document })))).code).toBe('CORRUPT')
    },
  )

  const zeros = new Uint8Array(200 * megabytes)
  it.each([
    ['an entry that inflates to 200 MB', zipOf({ name: 'a.json', content: zeros }), 'INPUT_TOO_LARGE'],
    ['one that claims ten bytes', zipOf({ name: 'a.json', content: zeros, claimedSize: 10 }), 'CORRUPT'],
    ['a wrong checksum', zipOf({ ...good, crc: 1 }), 'CORRUPT'],
    ['an entry that is encrypted', zipOf({ ...good, flags: 1 }), 'UNSUPPORTED_COMPRESSION'],
    ['one name twice', zipOf(good, good), 'CORRUPT'],
    ['a list cut short', zipOf(good).subarray(0, -30), 'CORRUPT'],
    ['a zip in a zip', zipOf({ name: 'inner.zip', content: zipOf(good) }), 'UNSUPPORTED_FORMAT'],
    ['nothing at all', zipOf(), 'UNSUPPORTED_FORMAT'],
  ])('refuses a zip with %s', async (_, zip, code) => {
    expect((await cheaplyRefused(() => readFile(zip))).code).toBe(code)
  })

  it('refuses more entries than `maxZipEntries`, whatever the limit of regions', async () => {
    const many = zipOf(...Array.from({ length: 50 }, (_, n) => ({ ...good, name: `${n}.json` })))
    const toRead = [
      { input: { kind: 'file', bytes: many } as const, options: { image: '7' }, pointer: '/mask' },
    ]
    const context = (maxZipEntries: number) => ({
      limits: { ...defaultLimits, maxZipEntries },
      pngDecoder: 'auto' as const,
    })
    expect((await refusalOf(() => readMasks(toRead, context(49)))).code).toBe('INPUT_TOO_LARGE')
    expect((await readMasks(toRead, context(50))).masks[0].map.width).toBe(4)
  })

  it('inflates only the entries that are asked for, though many share one body', async () => {
    const zip = zipOf(
      { name: 'a.json', content: document },
      ...Array.from({ length: 999 }, (_, n) => ({
        name: `x${n}.txt`,
        content: zeros.subarray(0, 10),
        claimedSize: 60 * megabytes,
        offset: 0,
      })),
    )
    expect((await readFile(zip)).width).toBe(4)
  })
})

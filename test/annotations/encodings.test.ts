import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../src/limits.ts'
import { readMasks } from '../../src/scoring/masks/read-masks.ts'
import type { SideOptions } from '../../src/scoring/request/options.ts'
import { refusalOf, rowsOf } from './grid.ts'
import { pngOf } from './png.ts'
import { zipOf } from './zip-writer.ts'

/** Reads an uploaded file of any kind, as scoring does. */
async function open(bytes: Uint8Array, options: SideOptions = {}) {
  const toRead = [{ input: { kind: 'file', bytes } as const, options, pointer: '/mask' }]
  const { masks, names } = await readMasks(toRead, { limits: defaultLimits, pngDecoder: 'auto' })
  return { rows: rowsOf(masks[0].map), names: [...names.values()] }
}

const lowFirst = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')
const encodings: readonly [string, (text: string) => Buffer][] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with its mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16, low byte first', lowFirst],
  ['UTF-16, high byte first', (text) => lowFirst(text).swap16()],
]

const labelme = JSON.stringify({
  imageWidth: 3,
  imageHeight: 1,
  shapes: [
    {
      label: 'Straße',
      shape_type: 'rectangle',
      points: [
        [0, 0],
        [1, 0],
      ],
    },
  ],
})
const xml = (encoding: string) =>
  `<?xml version="1.0" encoding="${encoding}"?><annotations><image id="0" name="a.png" width="3" height="1"><box label="Straße" xtl="0" ytl="0" xbr="2" ybr="1"/></image></annotations>`
const labelmap = 'Straße:1,2,3::\nbackground:0,0,0::\n'
const classImage = async () => ({
  name: 'SegmentationClass/a.png',
  content: await pngOf(3, 1, 3, [1, 2, 3, 1, 2, 3, 0, 0, 0]),
})

describe.each(encodings)('a file in %s', (encoding, encode) => {
  it('is read as JSON', async () => {
    expect(await open(encode(labelme))).toEqual({ rows: ['11.'], names: ['Straße'] })
  })

  it('is read as XML, alone and in a zip', async () => {
    const bytes = encode(xml(encoding.slice(0, encoding.indexOf('6') > 0 ? 6 : 5)))
    const expected = { rows: ['11.'], names: ['Straße'] }
    expect(await open(bytes)).toEqual(expected)
    expect(await open(zipOf({ name: 'annotations.xml', content: bytes }))).toEqual(expected)
  })

  it('is read as lines of text', async () => {
    const options = { format: 'yolo_seg', width: 3, height: 1, polygon_fill: 'center' } as const
    expect((await open(encode('4 0 0 0.67 0 0.67 1 0 1\n'), options)).rows).toEqual(['44.'])
  })

  it('is read as the list of colours', async () => {
    const zip = zipOf({ name: 'labelmap.txt', content: encode(labelmap) }, await classImage())
    expect(await open(zip)).toEqual({ rows: ['11.'], names: ['Straße', 'background'] })
  })
})

describe('a file in another encoding is refused, not guessed', () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1')

  it.each([
    ['JSON', () => latin1(labelme), 'MALFORMED_JSON', '/mask'],
    ['XML', () => latin1(xml('utf-8')), 'INVALID_ANNOTATION', '/mask'],
    [
      'XML in a zip',
      () => zipOf({ name: 'a.xml', content: latin1(xml('utf-8')) }),
      'INVALID_ANNOTATION',
      '/mask',
    ],
    [
      'a list of colours',
      async () => zipOf({ name: 'labelmap.txt', content: latin1(labelmap) }, await classImage()),
      'INVALID_ANNOTATION',
      '/mask/labelmap.txt',
    ],
  ])('%s', async (_, file, code, pointer) => {
    const bytes = await file()
    const refusal = await refusalOf(() => open(bytes))
    expect([refusal.code, refusal.errors[0].pointer]).toEqual([code, pointer])
    expect(refusal.message).toContain('The text is not UTF-8: line 1 ')
  })

  it('refuses XML that names another encoding, although its bytes could be UTF-8', async () => {
    const refusal = await refusalOf(() => open(Buffer.from(xml('ISO-8859-1'))))
    expect(refusal.message).toContain('ISO-8859-1')
    const plain = Buffer.from(xml('ISO-8859-1').replace('ß', 'ss'))
    expect((await open(plain)).names).toEqual(['Strasse'])
  })
})

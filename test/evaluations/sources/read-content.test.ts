import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeMask } from '../../../src/decoding/decode-mask.ts'
import { readContent } from '../../../src/evaluations/sources/read-content.ts'
import { bytesOf, type Reader, type ZipEntryReader } from '../../../src/evaluations/sources/reader.ts'
import { defaultLimits } from '../../../src/limits.ts'
import { writePngSamples } from '../../oracle/png-writer.ts'

const root = mkdtempSync(join(tmpdir(), 'maskscore-'))
afterAll(() => rmSync(root, { recursive: true }))

const read = (reader: Reader, maxFileBytes = defaultLimits.maxFileBytes) =>
  readContent(structuredClone(reader), {}, { limits: { ...defaultLimits, maxFileBytes } })

function file(name: string, bytes: Uint8Array): Extract<Reader, { type: 'file' }> {
  const path = join(root, name)
  writeFileSync(path, bytes)
  return { type: 'file', path, bytes: bytes.length }
}

const text = Buffer.from('the content of a mask, twice: the content of a mask')

/** A local header with a name of three letters and an extra field of two bytes, then the content. */
function zipEntry(content: Uint8Array, of: Partial<ZipEntryReader> = {}): ZipEntryReader {
  const header = Buffer.alloc(35)
  header.writeUInt32LE(0x04034b50)
  header.writeUInt16LE(3, 26)
  header.writeUInt16LE(2, 28)
  const { path } = file('some.zip', Buffer.concat([Buffer.from('before'), header, content]))
  const crc = crc32(text)
  return { type: 'zip', path, offset: 6, bytes: content.length, size: text.length, method: 8, crc, ...of }
}

/** A grey mask of one row. */
const png = (...samples: number[]) =>
  writePngSamples({
    width: samples.length,
    height: 1,
    bitDepth: 8,
    colourType: 0,
    samples: Uint16Array.from(samples),
  })

describe('reading the content of a mask', () => {
  it('reads a file, and a part of one', async () => {
    const whole = file('whole', text)
    expect((await read(whole)).bytes).toEqual(text)
    const range = { type: 'range', path: whole.path, offset: 4, bytes: 7 } as const
    expect((await read(range)).bytes).toEqual(Buffer.from('content'))
  })

  it('opens no link and no pipe that was put in the place of a file or a folder since', async () => {
    const listed = file('replaced', text)
    rmSync(listed.path)
    symlinkSync(join(root, 'elsewhere'), listed.path)
    writeFileSync(join(root, 'elsewhere'), 'a secret')
    await expect(read(listed)).rejects.toMatchObject({ code: 'ELOOP' })
    rmSync(listed.path)
    execFileSync('mkfifo', [listed.path])
    await expect(read(listed)).rejects.toMatchObject({ code: 'UNREADABLE_FILE' })
    for (const name of ['folder', 'other']) mkdirSync(join(root, name))
    const within = file('folder/mask', text)
    writeFileSync(join(root, 'other/mask'), 'a secret')
    rmSync(join(root, 'folder'), { recursive: true })
    symlinkSync(join(root, 'other'), join(root, 'folder'))
    const range = { type: 'range', path: within.path, offset: 0, bytes: 8 } as const
    for (const reader of [within, range])
      await expect(read(reader)).rejects.toMatchObject({ code: 'UNREADABLE_FILE' })
  })

  it('reads all of a file that is longer or shorter than when it was listed', async () => {
    const listed = file('changed', text)
    writeFileSync(listed.path, 'short')
    expect((await read(listed)).bytes).toEqual(Buffer.from('short'))
    const longer = Buffer.concat([text, text])
    writeFileSync(listed.path, longer)
    expect((await read(listed)).bytes).toEqual(longer)
    await expect(read(listed, text.length)).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' })
    const none = file('none', Buffer.alloc(0))
    expect((await read(none)).bytes).toHaveLength(0)
  })

  it('reads an entry of a zip, stored or deflated, behind its own header', async () => {
    expect((await read(zipEntry(deflateRawSync(text)))).bytes).toEqual(text)
    expect((await read(zipEntry(text, { method: 0 }))).bytes).toEqual(text)
  })

  it.each<[string, () => ZipEntryReader]>([
    ['another checksum', () => zipEntry(deflateRawSync(text), { crc: 1 })],
    ['less content than stated', () => zipEntry(deflateRawSync(text), { size: 100 })],
    ['more content than stated', () => zipEntry(deflateRawSync(text), { size: 10 })],
    ['no deflated data', () => zipEntry(Buffer.from([255, 255, 255]))],
    ['no entry at its place', () => zipEntry(deflateRawSync(text), { offset: 5 })],
  ])('refuses an entry with %s', async (_, entry) => {
    await expect(read(entry())).rejects.toMatchObject({ code: 'CORRUPT' })
  })

  it('refuses what is larger than a file may be, by what is stated and before it is read', async () => {
    const limit = { code: 'INPUT_TOO_LARGE' }
    await expect(read(file('whole', text), 10)).rejects.toMatchObject(limit)
    await expect(read(zipEntry(deflateRawSync(text), { size: 2 ** 40 }))).rejects.toMatchObject(limit)
    const { path } = file('whole', text)
    await expect(read({ type: 'range', path, offset: 0, bytes: 2 ** 40 })).rejects.toMatchObject(limit)
  })

  it('refuses a file that became shorter', async () => {
    const { path } = file('whole', text)
    await expect(read({ type: 'range', path, offset: 40, bytes: 20 })).rejects.toMatchObject({
      code: 'TRUNCATED',
    })
  })

  it('paints the k-th mask of a folder as object k, whatever its value', async () => {
    const parts = [file('one.png', png(0, 255, 255, 0)), file('two.png', png(7, 0, 0, 0))]
    const { bytes } = await read({ type: 'masks', parts })
    const { map } = await decodeMask(bytes, {}, defaultLimits)
    expect(map).toMatchObject({ width: 4, height: 1, labels: Uint32Array.of(2, 1, 1, 0) })
  })

  it('refuses objects that overlap, and says where', async () => {
    const parts = [file('one.png', png(0, 1, 1)), file('two.png', png(0, 0, 1))]
    await expect(read({ type: 'masks', parts })).rejects.toMatchObject({
      code: 'INVALID_ANNOTATION',
      message: 'Objects 1 and 2 overlap at column 2, row 0.',
    })
  })

  it('refuses objects of two sizes, and a folder without any', async () => {
    const parts = [file('one.png', png(0, 1, 1)), file('two.png', png(0, 0))]
    await expect(read({ type: 'masks', parts })).rejects.toMatchObject({ code: 'SIZE_MISMATCH' })
    await expect(read({ type: 'masks', parts: [] })).rejects.toMatchObject({ code: 'EMPTY_INPUT' })
  })

  it('knows how many bytes it takes from the disk', () => {
    const [png, json] = [file('ids.png', text), file('ids.json', Buffer.from('{}'))]
    expect(bytesOf({ type: 'beside', png, json })).toBe(text.length + 2)
    expect(bytesOf({ type: 'masks', parts: [png, json, zipEntry(Buffer.alloc(5))] })).toBe(text.length + 7)
  })

  it('reads a PNG and the JSON beside it', async () => {
    const content = await read({
      type: 'beside',
      png: file('ids.png', text),
      json: file('ids.json', Buffer.from('{}')),
    })
    expect(content).toEqual({ kind: 'file', bytes: text, sidecar: Buffer.from('{}') })
  })
})

import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { listSource } from '../../../src/evaluations/sources/list-source.ts'
import type { ListedMask } from '../../../src/evaluations/sources/listing.ts'
import { readContent } from '../../../src/evaluations/sources/read-content.ts'
import { Spool } from '../../../src/evaluations/sources/spool.ts'
import { defaultLimits, type Limits } from '../../../src/limits.ts'
import type { ProblemCode } from '../../../src/problems/catalogue.ts'
import { Refusal } from '../../../src/problems/refusal.ts'
import { pax, type TarEntry, writeTar } from './tar-writer.ts'
import { writeZip, type ZipEntry } from './zip-writer.ts'

const root = mkdtempSync(join(tmpdir(), 'maskscore-'))
afterAll(() => rmSync(root, { recursive: true }))
const spool = new Spool()
afterEach(() => spool.close())

let files = 0

/** Lists an archive of these bytes. */
function list(bytes: Uint8Array, limits: Partial<Limits> = {}, name = `${files++}.archive`) {
  const path = join(root, name)
  writeFileSync(path, bytes)
  return listing(path, limits)
}

async function listing(path: string, limits: Partial<Limits> = {}) {
  return (await listSource(path, spool, { ...defaultLimits, ...limits })).listing
}

const paths = async (bytes: Uint8Array) => (await list(bytes)).masks.map(({ path }) => path)

/** What the masks of an archive hold. */
async function contents(bytes: Uint8Array): Promise<Record<string, string>> {
  const { masks } = await list(bytes)
  const read = masks.map(async ({ path, reader }) => {
    const content = await readContent(reader, {}, { limits: defaultLimits })
    return [path, Buffer.from(content.bytes).toString()]
  })
  return Object.fromEntries(await Promise.all(read))
}

const two: readonly (ZipEntry & TarEntry)[] = [
  { name: 'a.png', content: 'the content of a' },
  { name: 'below/b.png', content: 'b'.repeat(600) },
]
const ofTwo = { 'a.png': 'the content of a', 'below/b.png': 'b'.repeat(600) }

describe('archives of masks', () => {
  it.each<[string, Uint8Array]>([
    ['a zip', writeZip(two)],
    ['a zip of stored entries', writeZip(two.map((entry) => ({ ...entry, method: 0 })))],
    [
      'a zip64',
      writeZip(
        two.map((entry) => ({ ...entry, zip64: true })),
        { zip64End: {} },
      ),
    ],
    ['a zip with a comment', writeZip(two, { comment: 'made today' })],
    ['a zip with folders of their own', writeZip([{ name: 'below/', mode: 0o40755, method: 0 }, ...two])],
    ['a zip that was made on Windows', writeZip(two.map((entry) => ({ ...entry, madeBy: 0, mode: 0 })))],
    ['a tar', writeTar(two)],
    ['a tar with names like ./a.png', writeTar(two.map((entry) => ({ ...entry, name: `./${entry.name}` })))],
    ['a tar with long names', writeTar([two[0], pax({ path: 'below/b.png' }), { ...two[1], name: 'cut' }])],
    [
      'a tar with long names as GNU writes them',
      writeTar([
        two[0],
        { name: '././@LongLink', type: 'L', content: 'below/b.png\0' },
        { ...two[1], name: 'cut' },
      ]),
    ],
    ['a tar with a prefix', writeTar([two[0], { ...two[1], name: 'b.png', prefix: 'below' }])],
    ['a tar with sizes in base 256', writeTar(two.map((entry) => ({ ...entry, binarySize: true })))],
    ['a tar.gz', gzipSync(writeTar(two))],
    [
      'a tar.gz of two parts',
      Buffer.concat([gzipSync(writeTar(two).subarray(0, 700)), gzipSync(writeTar(two).subarray(700))]),
    ],
  ])('are read from %s', async (_, bytes) => {
    expect(await contents(bytes)).toEqual(ofTwo)
  })

  it('are told by their first bytes, and a zip behind other bytes by its name', async () => {
    const before = Buffer.from('#!/bin/sh')
    expect((await list(writeZip(two, { before }), {}, 'self.zip')).masks).toHaveLength(2)
    await expect(list(Buffer.from('no archive'))).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' })
    await expect(list(gzipSync('no tar'))).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' })
    await expect(list(Buffer.alloc(0))).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' })
    await expect(listing(join(root, 'gone.zip'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('count what systems leave behind', async () => {
    const names = [
      '__MACOSX/._a.png',
      '.DS_Store',
      'x/Thumbs.db',
      'README.md',
      'a.png',
      'more.zip',
      'more.tar.gz',
    ]
    const { masks, junk } = await list(writeZip(names.map((name) => ({ name }))))
    expect(masks.map(({ path }) => path)).toEqual(['a.png'])
    expect(junk).toEqual({
      __MACOSX: 1,
      'archive within the archive': 2,
      'dot file': 1,
      'text file': 1,
      'Thumbs.db': 1,
    })
  })

  it('lose the one folder that all their files stand in, unless it says what they are', async () => {
    const of = (...names: string[]) => paths(writeZip(names.map((name) => ({ name }))))
    expect(await of('gt/p1/a.png', 'gt/p2/a.png', '__MACOSX/x')).toEqual(['p1/a.png', 'p2/a.png'])
    expect(await of('e\u0301/a.png', 'e\u0301/b.png')).toEqual(['a.png', 'b.png'])
    for (const names of [
      ['gt/a.png', 'b.png'],
      ['labelsTr/a.png', 'labelsTr/b.png'],
    ])
      expect(await of(...names)).toEqual([...names].sort())
    expect(await of('x/images/x.png', 'x/masks/1.png')).toEqual(['x'])
  })

  it('keep an entry that cannot be read as an item', async () => {
    const { unreadable, masks } = await list(writeZip([{ name: 'a.png', method: 12, content: 'x' }]))
    expect(unreadable).toEqual([{ path: 'a.png', reason: expect.stringContaining('method 12') }])
    expect(masks).toHaveLength(1)
    const sparse = await list(writeTar([pax({ 'GNU.sparse.major': '1' }), { name: 'a.png', content: 'x' }]))
    expect(sparse.unreadable).toMatchObject([{ path: 'a.png' }])
  })

  it('never open an archive within an archive, whatever it is called', async () => {
    const inner = writeZip(two)
    for (const outer of [
      writeZip([{ name: 'a.png', content: inner }]),
      writeTar([{ name: 'a.png', content: inner }]),
    ])
      await expect(contents(outer)).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' })
  })

  it('read names that a terminal or a page would misread as they are', async () => {
    const odd = ['\u202egnp.a.png', 'a\u0007b.png', '<script>.png', '=cmd.png', '#@|`.png']
    expect((await paths(writeZip(odd.map((name) => ({ name }))))).sort()).toEqual([...odd].sort())
  })

  it('leave nothing behind when the spool is closed', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('maskscore-')).length
    await list(gzipSync(writeTar(two)))
    spool.close()
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('maskscore-')).length).toBeLessThanOrEqual(
      before,
    )
  })
})

/** What it is, the code of its refusal, its bytes, and limits that are not the default. */
type HostileCase = readonly [string, ProblemCode, () => Uint8Array, (Partial<Limits> | undefined)?]

/** Hostile in the same way as a zip and as a tar. */
const hostileNames: readonly [what: string, name: string][] = [
  ['a name with ..', '../a.png'],
  ['a name with .. further in', 'masks/../../a.png'],
  ['a name that is .. alone', '..'],
  ['a name with .. behind backslashes', 'masks\\..\\..\\a.png'],
  ['an absolute name', '/etc/passwd'],
  ['a name with a drive', 'C:\\masks\\a.png'],
  ['a name with a drive and slashes', 'c:/masks/a.png'],
  ['a name of a network share', '\\\\host\\share\\a.png'],
]

const link = 0o120777
const device = 0o060644
const pipe = 0o010644
const socket = 0o140644

const hostileZips: readonly HostileCase[] = [
  ...hostileNames.map(([what, name]) => [what, 'UNSAFE_ARCHIVE', () => writeZip([{ name }])] as const),
  ['a name with NUL', 'UNSAFE_ARCHIVE', () => writeZip([{ name: 'a.png\0.txt' }])],
  ['a name of 60,000 characters', 'UNSAFE_ARCHIVE', () => writeZip([{ name: 'a'.repeat(60_000) }])],
  [
    'a name twice',
    'UNSAFE_ARCHIVE',
    () => writeZip([{ name: 'a.png' }, { name: 'a.png', content: 'other' }]),
  ],
  ['a name twice, once with ./', 'UNSAFE_ARCHIVE', () => writeZip([{ name: 'a.png' }, { name: './a.png' }])],
  [
    'a symbolic link',
    'UNSAFE_ARCHIVE',
    () => writeZip([{ name: 'a.png', mode: link, content: '/etc/passwd' }]),
  ],
  ['a device', 'UNSAFE_ARCHIVE', () => writeZip([{ name: 'a.png', mode: device }])],
  ['a pipe', 'UNSAFE_ARCHIVE', () => writeZip([{ name: 'a.png', mode: pipe }])],
  ['a socket', 'UNSAFE_ARCHIVE', () => writeZip([{ name: 'a.png', mode: socket }])],
  [
    'an encrypted entry',
    'UNSAFE_ARCHIVE',
    () => writeZip([{ name: 'a.png', flags: 1, size: 0, compressedSize: 12, method: 0 }]),
  ],
  ['a strongly encrypted entry', 'UNSAFE_ARCHIVE', () => writeZip([{ name: 'a.png', flags: 0x41 }])],
  [
    'entries that share their bytes',
    'UNSAFE_ARCHIVE',
    () => writeZip([{ name: 'a.png' }, { name: 'b.png', offset: 0 }]),
  ],
  [
    'entries that overlap in part',
    'UNSAFE_ARCHIVE',
    () =>
      writeZip([
        { name: 'a.png', content: 'x'.repeat(99), method: 0 },
        { name: 'b.png', offset: 50 },
      ]),
  ],
  ['a folder with content', 'UNSAFE_ARCHIVE', () => writeZip([{ name: 'a/', content: 'hidden', method: 0 }])],
  [
    'content that is made to burst',
    'UNSAFE_ARCHIVE',
    () => writeZip([{ name: 'a.png', size: 2 ** 31, content: 'x' }]),
  ],
  ['sizes beyond the limit, together', 'ARCHIVE_TOO_LARGE', () => writeZip(two), { maxExpandedBytes: 600 }],
  [
    'a size of zip64 that is a lie',
    'UNSAFE_ARCHIVE',
    () => writeZip([{ name: 'a.png', size: 2 ** 50, zip64: true }]),
  ],
  ['more bytes than an archive may have', 'ARCHIVE_TOO_LARGE', () => writeZip(two), { maxArchiveBytes: 100 }],
  ['more entries than are read', 'TOO_MANY_ITEMS', () => writeZip(two), { maxItems: 0 }],
  ['more masks than a side may have', 'TOO_MANY_ITEMS', () => writeZip(two), { maxItems: 1 }],
  ['a number of entries that is a lie', 'TRUNCATED', () => writeZip(two, { count: 3 })],
  [
    'an enormous number of entries',
    'TOO_MANY_ITEMS',
    () => writeZip(two, { zip64End: { count: 2n ** 40n } }),
  ],
  [
    'an end of zip64 that is not there',
    'TRUNCATED',
    () => writeZip(two, { zip64End: { offset: 2n ** 40n } }),
  ],
  ['an offset behind its end', 'TRUNCATED', () => writeZip([{ name: 'a.png', offset: 2 ** 30 }])],
  ['no end', 'CORRUPT', () => writeZip(two).subarray(0, -10)],
  [
    'a directory that is cut out',
    'TRUNCATED',
    () => Buffer.concat([writeZip(two).subarray(0, 40), writeZip(two).subarray(-22)]),
  ],
  [
    'a stored entry of two sizes',
    'CORRUPT',
    () => writeZip([{ name: 'a.png', method: 0, content: 'abc', size: 9 }]),
  ],
]

const hostileTars: readonly HostileCase[] = [
  ...hostileNames.map(([what, name]) => [what, 'UNSAFE_ARCHIVE', () => writeTar([{ name }])] as const),
  [
    'a name with .. in a pax header',
    'UNSAFE_ARCHIVE',
    () => writeTar([pax({ path: '../a.png' }), { name: 'a.png' }]),
  ],
  ['a NUL in a pax header', 'UNSAFE_ARCHIVE', () => writeTar([pax({ path: 'a\0.png' }), { name: 'a.png' }])],
  ['a name twice', 'UNSAFE_ARCHIVE', () => writeTar([{ name: 'a.png' }, { name: './a.png' }])],
  ['a symbolic link', 'UNSAFE_ARCHIVE', () => writeTar([{ name: 'a.png', type: '2', link: '/etc/passwd' }])],
  ['a hard link', 'UNSAFE_ARCHIVE', () => writeTar([{ name: 'a.png', type: '1', link: 'b.png' }])],
  ['a device', 'UNSAFE_ARCHIVE', () => writeTar([{ name: 'a.png', type: '3' }])],
  ['a pipe', 'UNSAFE_ARCHIVE', () => writeTar([{ name: 'a.png', type: '6' }])],
  [
    'a header without end',
    'UNSAFE_ARCHIVE',
    () => writeTar([{ name: 'x', type: 'x', content: Buffer.alloc(2 ** 21) }]),
  ],
  ['a size beyond its end', 'TRUNCATED', () => writeTar([{ name: 'a.png', size: 2 ** 32 }])],
  [
    'a size of base 256 beyond all',
    'TRUNCATED',
    () => writeTar([{ name: 'a.png', size: 2 ** 52, binarySize: true }]),
  ],
  [
    'a size in a pax header beyond its end',
    'TRUNCATED',
    () => writeTar([pax({ size: '999999' }), { name: 'a.png' }]),
  ],
  ['a wrong checksum', 'CORRUPT', () => writeTar([{ name: 'a.png', checksum: 1 }])],
  [
    'a pax header that cannot be read',
    'CORRUPT',
    () => writeTar([{ name: 'x', type: 'x', content: '99 path=a\n' }]),
  ],
  ['no closing blocks', 'TRUNCATED', () => writeTar(two, 0)],
  ['sizes beyond the limit, together', 'ARCHIVE_TOO_LARGE', () => writeTar(two), { maxExpandedBytes: 600 }],
  ['more bytes than an archive may have', 'ARCHIVE_TOO_LARGE', () => writeTar(two), { maxArchiveBytes: 100 }],
  [
    'more headers than are read',
    'TOO_MANY_ITEMS',
    () => writeTar([...Array(9)].map((_, k) => ({ name: `d${k}/`, type: '5' }))),
    { maxItems: 1 },
  ],
]

const hostileGzips: readonly HostileCase[] = [
  ['content that bursts', 'UNSAFE_ARCHIVE', () => gzipSync(Buffer.alloc(64 * 2 ** 20), { level: 9 })],
  [
    'content beyond the limit',
    'ARCHIVE_TOO_LARGE',
    () => gzipSync(writeTar(two)),
    { maxExpandedBytes: 2000 },
  ],
  ['its end torn off', 'TRUNCATED', () => gzipSync(writeTar(two)).subarray(0, -20)],
  ['damaged content', 'CORRUPT', () => gzipSync(writeTar(two)).fill(0x55, 20, 60)],
  ['a hostile tar within', 'UNSAFE_ARCHIVE', () => gzipSync(writeTar([{ name: '../a.png' }]))],
]

describe.each([
  ['zip', hostileZips],
  ['tar', hostileTars],
  ['tar.gz', hostileGzips],
] as const)('a hostile %s', (ending, cases) => {
  const named = cases.map(([what, code, bytes, limits = {}]) => ({ what, code, bytes, limits }))

  it.each(named)('is refused: $what', async ({ code, bytes, limits }) => {
    await expect(list(bytes(), limits, `${files++}.${ending}`)).rejects.toMatchObject({ code })
  })
})

describe('an archive that lies where only its content tells', () => {
  it.each<[string, ZipEntry]>([
    ['less', { name: 'a.png', content: 'x'.repeat(5000), size: 100 }],
    ['more', { name: 'a.png', content: 'x'.repeat(50), size: 100 }],
    ['other content', { name: 'a.png', content: 'x', crc: 1 }],
  ])('states %s than there is: the item fails', async (_, entry) => {
    await expect(contents(writeZip([entry]))).rejects.toMatchObject({ code: 'CORRUPT' })
  })

  it('becomes shorter after it was listed: the item fails', async () => {
    const { masks } = await list(writeTar(two), {}, 'short.tar')
    truncateSync(join(root, 'short.tar'), 1200)
    await expect(readContent(masks[1].reader, {}, { limits: defaultLimits })).rejects.toMatchObject({
      code: 'TRUNCATED',
    })
  })
})

describe('an archive with any bytes changed', () => {
  const sound: readonly [ending: string, bytes: Buffer][] = [
    ['zip', writeZip(two)],
    [
      'zip',
      writeZip(
        two.map((entry) => ({ ...entry, zip64: true })),
        { zip64End: {} },
      ),
    ],
    ['tar', writeTar([pax({ path: 'c.png' }), ...two])],
    ['tar.gz', gzipSync(writeTar(two))],
  ]
  const change = fc.tuple(fc.nat(), fc.nat({ max: 255 }))

  it.each(sound)('is read, or refused with a code: %s', async (ending, bytes) => {
    const name = `changed.${ending}`
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.double({ min: 0, max: 1 }),
        async (changes, cut) => {
          const changed = Buffer.from(bytes)
          for (const [place, value] of changes) changed[place % changed.length] = value
          const kept = cut < 0.2 ? changed.subarray(0, Math.floor(5 * cut * changed.length)) : changed
          const { masks } = await list(kept, {}, name).catch(refused)
          for (const { reader } of masks)
            await readContent(reader, {}, { limits: defaultLimits }).catch(refused)
        },
      ),
      { numRuns: 100 },
    )
  })
})

/** Any other error is a fault of ours. */
function refused(error: unknown): { masks: readonly ListedMask[] } {
  if (error instanceof Refusal) return { masks: [] }
  throw error
}

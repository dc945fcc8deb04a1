import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listFolder } from '../../../src/evaluations/sources/list-folder.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, content = 'x'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

const list = (maxItems = 100) => listFolder(join(root, 'masks'), maxItems)

describe('a folder of masks', () => {
  it('is read with all folders below it, and counts what is no mask', () => {
    for (const path of ['b.png', 'a/c.npy', 'a/.hidden', 'a/__MACOSX/d.png', 'LICENSE'])
      write(`masks/${path}`)
    const { masks, junk } = list()
    expect(masks.map(({ path }) => path)).toEqual(['a/c.npy', 'b.png'])
    expect(masks[0].reader).toEqual({ type: 'file', path: expect.stringMatching(/a\/c\.npy$/), bytes: 1 })
    expect(junk).toEqual({ __MACOSX: 1, 'dot file': 1, 'text file': 1 })
  })

  it('follows links to its own files', () => {
    write('masks/a.png')
    symlinkSync('a.png', join(root, 'masks/b.png'))
    const { masks, unreadable } = list()
    expect(masks.map(({ path, reader }) => [path, reader.type])).toEqual([
      ['a.png', 'file'],
      ['b.png', 'file'],
    ])
    expect(unreadable).toEqual([])
  })

  it.each([
    ['out of it', '../secret.png', 'The link leads out of the folder.'],
    ['to a folder that begins like it', '../masks-old/a.png', 'The link leads out of the folder.'],
    ['to nothing', 'gone.png', 'The link leads nowhere: ENOENT.'],
    ['to itself', 'link.png', 'The link leads nowhere: ELOOP.'],
    ['to a folder of its own', 'below', 'The link leads to no file.'],
  ])('keeps a link that leads %s as an item that cannot be read', (_, target, reason) => {
    for (const path of ['secret.png', 'masks-old/a.png', 'masks/below/a.png']) write(path)
    symlinkSync(target, join(root, 'masks/link.png'))
    const { masks, unreadable } = list()
    expect(unreadable).toEqual([{ path: 'link.png', reason }])
    expect(masks.find(({ path }) => path === 'link.png')?.reader).toEqual({
      type: 'unreadable',
      reason,
      bytes: 0,
    })
  })

  it('keeps a file whose name is not UTF-8 as an item that fails', () => {
    write('masks/a.png')
    writeFileSync(Buffer.concat([Buffer.from(join(root, 'masks/caf')), Buffer.from([0xe9, 0x2e, 0x70])]), 'x')
    const { masks, unreadable } = listFolder(join(root, 'masks'), 10)
    expect(masks.map(({ path, reader }) => [path, reader.type])).toEqual([
      ['a.png', 'file'],
      ['caf\uFFFD.p', 'unreadable'],
    ])
    expect(unreadable).toEqual([{ path: 'caf\uFFFD.p', reason: 'Its name is not UTF-8: rename it.' }])
  })

  it('is refused when it is not there, is a file, or holds too many masks', () => {
    expect(() => list()).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    write('masks/a.png')
    write('masks/b.png')
    expect(list(2).masks).toHaveLength(2)
    expect(() => list(1)).toThrow(expect.objectContaining({ code: 'TOO_MANY_ITEMS' }))
    expect(() => listFolder(join(root, 'masks/a.png'), 9)).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    )
  })
})

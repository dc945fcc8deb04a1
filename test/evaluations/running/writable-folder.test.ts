import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeFolder, refuseUnwritable } from '../../../src/evaluations/running/writable-folder.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-writable-'))
})
afterEach(() => {
  chmodSync(root, 0o700)
  rmSync(root, { recursive: true })
})

const refused = (why: string) =>
  expect.objectContaining({ code: 'RESULTS_UNWRITABLE', message: expect.stringContaining(why) })

describe('a folder for results', () => {
  it.each([
    ['a folder that is there', '.'],
    ['one that is not there, nor those above it', 'a/b/c'],
  ])('may be %s, and trying it leaves nothing behind', (_, path) => {
    const folder = join(root, path)
    refuseUnwritable(folder)
    expect(readdirSync(root)).toEqual([])
    makeFolder(folder)
    expect(existsSync(folder)).toBe(true)
  })

  it.each([
    ['a file', 'file', 'is no folder'],
    ['below a file', 'file/results', 'is no folder'],
    ['a link to nothing', 'link', 'leads to no folder'],
    ['below a link to nothing', 'link/results', 'leads to no folder'],
    ['a circle of links', 'circle', 'circle'],
    ['a name that is too long', 'x'.repeat(300), 'too long'],
    ['a device', '/dev/null', 'is no folder'],
    ['below a device', '/dev/null/results', 'is no folder'],
  ])('is refused when it is %s', (_, path, why) => {
    writeFileSync(join(root, 'file'), '')
    symlinkSync('nowhere', join(root, 'link'))
    symlinkSync('circle', join(root, 'circle'))
    const folder = resolve(root, path)
    expect(() => refuseUnwritable(folder)).toThrow(refused(why))
    expect(() => makeFolder(folder)).toThrow(refused(why))
  })

  // Only Linux has /proc.
  it.skipIf(!existsSync('/proc/self'))('is refused at once where the file system takes no files', () => {
    for (const folder of ['/proc/nothing', '/proc/nothing/below']) {
      expect(() => refuseUnwritable(folder)).toThrow(refused(''))
      expect(() => makeFolder(folder)).toThrow(refused(''))
    }
  })

  // Who is root may write everywhere.
  it.skipIf(process.getuid?.() === 0)('is refused where nothing may be written', () => {
    mkdirSync(join(root, 'closed'), { mode: 0o500 })
    for (const path of ['closed', 'closed/below'])
      expect(() => refuseUnwritable(join(root, path))).toThrow(refused('may not be written'))
  })

  // A limit on the size of files fails as a full disk does, with another code.
  it('is refused where there is no room', () => {
    const module = join(import.meta.dirname, '../../../src/evaluations/running/writable-folder.ts')
    const code = `import(${JSON.stringify(module)}).then(({ refuseUnwritable: f }) => { try { f(${JSON.stringify(root)}) } catch (e) { console.log(e.code + " " + e.message) } })`
    const limited = `trap '' XFSZ; ulimit -f 1; exec ${process.execPath} -e '${code}'`
    const { stdout } = spawnSync('bash', ['-c', limited], { encoding: 'utf8' })
    expect(stdout).toMatch(/^RESULTS_UNWRITABLE /)
    expect(readdirSync(root)).toEqual([])
  })
})

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../../../src/evaluations/sources/temporary-folder.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-'))
  vi.stubEnv('TMPDIR', root)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(root, { recursive: true })
})

/** The folder of a process that was killed while it had one. */
function leftBehind(): string {
  const module = join(import.meta.dirname, '../../../src/evaluations/sources/temporary-folder.ts')
  const code = `import(${JSON.stringify(module)}).then(({ temporaryFolder }) => { console.log(temporaryFolder()); process.kill(process.pid, 'SIGKILL') })`
  const { stdout, signal } = spawnSync(process.execPath, ['-e', code], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: root },
  })
  expect(signal).toBe('SIGKILL')
  const folder = stdout.trim()
  writeFileSync(join(folder, '0'), 'masks')
  return folder
}

describe('a temporary folder', () => {
  it('of a process that was killed is removed when another begins, and never a living one’s', () => {
    const dead = leftBehind()
    const own = temporaryFolder()
    expect(existsSync(dead)).toBe(false)
    writeFileSync(join(own, '0'), 'masks')
    const next = temporaryFolder()
    expect(existsSync(join(own, '0'))).toBe(true)
    expect(next).not.toBe(own)
  })

  it('is told from those of others: of another machine, of an earlier start of this one, and of what is no folder', () => {
    const dead = basename(leftBehind())
    const [, , place, pid, ...rest] = dead.split('-')
    const elsewhere = dead.replace(place, '00000000')
    const earlier = dead.replace(rest.slice(1, -1).join('-'), '0a1b-2c3d')
    const numberOfOther = dead.replace(`-${pid}-`, `-${process.pid}-`)
    for (const name of [elsewhere, earlier, numberOfOther, 'maskscore-run-notes'])
      mkdirSync(join(root, name), { recursive: true })
    symlinkSync(root, join(root, dead.replace(/.{6}$/, 'linked')))
    const own = basename(temporaryFolder())
    expect(readdirSync(root).sort()).toEqual(
      [own, elsewhere, dead.replace(/.{6}$/, 'linked'), 'maskscore-run-notes'].sort(),
    )
  })
})

import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rootPath } from '../../../src/evaluations/sources/root-path.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'maskscore-root-')))
mkdirSync(join(folder, 'data/gt'), { recursive: true })
mkdirSync(join(folder, 'data-beside'))
writeFileSync(join(folder, 'secret'), 'x')
symlinkSync(join(folder, 'secret'), join(folder, 'data/way-out'))
symlinkSync(join(folder, 'data-beside'), join(folder, 'data/beside'))
const roots = [
  { name: 'all', key: undefined, path: join(folder, 'data') },
  { name: 'own', key: 'ann', path: join(folder, 'data') },
]
const path = (caller: string, root: string, below: string) =>
  rootPath(roots, caller, { root, path: below }, '/ground_truth')
const codeOf = (read: () => string): unknown => {
  try {
    return read()
  } catch (error) {
    return (error as { code?: string }).code
  }
}

describe('a path below a data root', () => {
  it('is where it really is', () => {
    expect(path('', 'all', 'gt')).toBe(join(folder, 'data/gt'))
    expect(path('', 'all', '')).toBe(join(folder, 'data'))
    expect(path('ann', 'own', 'gt')).toBe(join(folder, 'data/gt'))
  })

  it.each([
    ['bob', 'own', 'gt'],
    ['', 'none', 'gt'],
    ['', 'all', '../secret'],
    ['', 'all', 'gt/../../secret'],
    ['', 'all', '/etc/passwd'],
    ['', 'all', 'way-out'],
    ['', 'all', 'beside'],
    ['', 'all', 'absent'],
    ['', 'all', 'gt\0'],
  ])('is refused for %j in the root %s: %j', (caller, root, below) => {
    expect(codeOf(() => path(caller, root, below))).toBe('SOURCE_REFUSED')
  })
})

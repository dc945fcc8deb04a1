import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), 'no mask at all')
  }
}

async function match(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const terminal = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) }
  const code = await runCommand(['match', ...args], {}, terminal)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

const sides = () => [join(root, 'gt'), join(root, 'pred')]

describe('match', () => {
  it('says which rule pairs all, without reading a mask', async () => {
    write('gt/a_gt.png', 'pred/a.png')
    expect(await match(...sides())).toEqual({ code: 0, out: 'matched 1 of 1 by rule "suffix"', err: '' })
  })

  it('lists what met nothing, what is doubled and what was passed over, and exits 1', async () => {
    write(
      'gt/a.png',
      'gt/b.png',
      'gt/c.png',
      'pred/a.png',
      'pred/c.png',
      'pred/c.npy',
      'pred/x.png',
      'pred/.x',
    )
    const { code, out } = await match(...sides())
    expect(code).toBe(1)
    expect(out.split('\n')).toEqual([
      'matched 1 of 3 by rule "path"',
      'ground truths without a prediction (1): b',
      'predictions without a ground truth (1): x.png',
      'keys with several files on one side (1): c (c.npy, c.png)',
      'passed over among the predictions: dot file 1',
    ])
  })

  it('answers matching.json', async () => {
    write('gt/a.png', 'pred/b.png')
    const { code, out } = await match(...sides(), '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toEqual({
      rule: 'path',
      pairs: 0,
      missing: ['a'],
      extra: ['b.png'],
      ambiguous: [],
      unreadable: [],
      junk: { ground_truth: {}, prediction: {} },
      hints: [],
    })
  })

  it('tells both sides of one folder apart by patterns, and asks for them', async () => {
    write('all/a/gt.png', 'all/a/pred.png')
    const both = join(root, 'all')
    const patterns = ['--match-gt', '{key}/gt', '--match-pred', '{key}/pred']
    expect(await match(both, ...patterns)).toMatchObject({ code: 0, out: 'matched 1 of 1 by rule "pattern"' })
    expect(await match(both)).toMatchObject({
      code: 2,
      err: expect.stringContaining('needs a pattern for each'),
    })
  })

  it('tells when both sides are the same folder', async () => {
    write('gt/a.png')
    const same = join(root, 'gt/../gt')
    expect((await match(join(root, 'gt'), same)).out).toContain('hint: Both sides are the same')
    const patterns = ['--match-gt', '{key}', '--match-pred', '{key}']
    expect((await match(join(root, 'gt'), same, ...patterns)).out).not.toContain('hint')
  })

  it('follows a manifest', async () => {
    write('gt/a.png', 'pred/other.png')
    const manifest = join(root, 'list.csv')
    writeFileSync(manifest, 'ground_truth,prediction,site\ngt/a.png,pred/other.png,north\n')
    expect(await match('--manifest', manifest, '--by', 'site')).toMatchObject({
      code: 0,
      out: 'matched 1 of 1 by rule "manifest"',
    })
    expect(await match('--manifest', manifest)).toMatchObject({
      code: 2,
      err: expect.stringContaining('INVALID_MANIFEST: Line 2 of the manifest has the column "site"'),
    })
    expect(await match(...sides(), '--manifest', manifest)).toMatchObject({ code: 2 })
    expect(await match(...sides(), '--by', 'site')).toMatchObject({ code: 2 })
  })

  it.each([
    [['--match', 'guess'], 'one of auto, path'],
    [['--match', 'suffix', '--match-gt', '{key}_gt'], 'has no place beside it'],
    [['--match-gt', '{kee}'], '{kee}'],
    [['--group-by', 'colour'], '--group-by'],
    [['third'], 'MISSING_PART'],
  ])('refuses %j', async (args, message) => {
    write('gt/a.png', 'pred/a.png')
    expect(await match(...sides(), ...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) })
  })
})

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import type { Comparison } from '../../src/evaluations/comparison/comparison.ts'
import type { Summary } from '../../src/evaluations/summary/summary.ts'

/** A NumPy file of one row of labels. */
function npy(labels: readonly number[]): Buffer {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (1, ${labels.length}), }`
  const padded = `${header.padEnd(117)}\n`
  const length = Buffer.from([padded.length, 0])
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    length,
    Buffer.from(padded),
    Buffer.from(labels),
  ])
}

let root: string
let truths: string
let predictions: string

function write(path: string, content: readonly number[] | string): void {
  const target = join(root, path)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, typeof content === 'string' ? content : npy(content))
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-'))
  truths = join(root, 'gt')
  predictions = join(root, 'pred')
  write('gt/a.npy', [0, 0, 1, 1])
  write('gt/b.npy', [0, 0, 1, 1])
  write('pred/a.npy', [0, 0, 1, 1])
  write('pred/b.npy', [0, 1, 1, 1])
})

const classes = ['--options', '{"labels": "classes"}']

async function evaluate(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const terminal = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) }
  const code = await runCommand(['evaluate', truths, predictions, '--threads', '1', ...args], {}, terminal)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

async function summaryOf(...args: string[]): Promise<{ code: number; summary: Summary }> {
  const { code, out } = await evaluate(...classes, '--json', ...args)
  return { code, summary: JSON.parse(out) }
}

describe('evaluate', () => {
  it('sums counts over all images, then takes the ratio', async () => {
    const { code, summary } = await summaryOf()
    expect(code).toBe(0)
    expect(summary).toMatchObject({ complete: true, items: { total: 2, scored: 2 } })
    // Class 0: tp 3, fn 1. Class 1: tp 4, fp 1.
    expect(summary.pooled.overlap?.mean_iou).toBeCloseTo((3 / 4 + 4 / 5) / 2, 15)
    expect(summary.pooled.overlap?.pixel_accuracy).toBeCloseTo(7 / 8, 15)
    expect(summary.macro.mean_iou.mean).toBeCloseTo((1 + (1 / 2 + 2 / 3) / 2) / 2, 15)
  })

  it('prints a table with the worst image first', async () => {
    const { out, err } = await evaluate(...classes)
    expect(err).toBe('matched 2 of 2 by rule "path"')
    expect(out).toMatch(/^complete: 2 scored, 0 failed, 0 skipped$/m)
    expect(out).toMatch(/^mean_iou {2}pooled +0\.7750 +no interval: fewer than 5 items or groups$/m)
    expect(out).toMatch(/^worst: b 0\.\d+ · a 0\.0000$/m)
  })

  it('marks scores that rest on labels being classes while nobody said so, and lets no check pass on them', async () => {
    const { code, out } = await evaluate('--check', 'mean_iou>=0.1')
    expect(code).toBe(1)
    expect(out).toMatch(/^mean_iou {2}pooled .*assumed/m)
    expect(out).toMatch(/^mean_iou {2}mean over classes .*assumed/m)
    expect(out).toContain('check mean_iou>=0.1: not_computed')
  })

  it('matches by name where paths differ, leaves extensions out, and counts what it passes over', async () => {
    write('gt/x/c.npy', [0, 1])
    write('pred/y/c.npy', [0, 1])
    write('pred/.DS_Store', '')
    write('gt/a.jpg', 'a photo')
    const { summary } = await summaryOf()
    expect(summary.matching).toMatchObject({
      rule: 'name',
      pairs: 3,
      junk: { ground_truth: { photo: 1 }, prediction: { 'dot file': 1 } },
    })
  })

  describe('a missing prediction', () => {
    beforeEach(() => write('gt/c.npy', [0, 0, 1, 1]))

    it('ends the run before it begins, and is named', async () => {
      const { code, err } = await evaluate(...classes)
      expect(code).toBe(2)
      expect(err).toContain('PREDICTION_MISSING: Ground truths without a prediction, 1: c.')
      write('pred/C.npy', [0, 0, 1, 1])
      expect((await evaluate(...classes)).err).toContain(
        '1: c. Predictions without a ground truth, 1: C.npy. c and C.npy differ in upper and lower case only.',
      )
    })

    it('is scored as one that finds nothing, when that is asked for', async () => {
      const { code, summary } = await summaryOf('--on-missing', 'empty')
      expect(code).toBe(0)
      expect(summary.items).toMatchObject({ scored: 3, substituted: 1 })
      expect(summary.pooled.overlap?.mean_iou).toBeCloseTo((3 / 6 + 4 / 7) / 2, 15)
      expect(summary.pooled.overlap?.pixel_accuracy).toBeCloseTo(7 / 12, 15)
    })

    it('counts as empty in a check even when it is skipped', async () => {
      const { code, summary } = await summaryOf('--on-missing', 'skip', '--check', 'pixel_accuracy>=0.8')
      expect(code).toBe(1)
      expect(summary).toMatchObject({ complete: false, items: { scored: 2, skipped: 1 } })
      expect(summary.checks[0]).toMatchObject({ result: 'fail', value: 7 / 12 })
    })

    it('comes with a hint when a file differs in case only', async () => {
      write('pred/C.npy', [0, 0, 1, 1])
      const { out } = await evaluate(...classes, '--on-missing', 'skip')
      expect(out).toContain('hint: c and C.npy differ in upper and lower case only.')
      expect(out).toContain('predictions without a ground truth (1): C.npy')
      expect((await evaluate(...classes, '--on-missing', 'skip', '--on-extra', 'fail')).err).toContain(
        'PREDICTION_UNMATCHED',
      )
    })
  })

  it.each([
    ['torn', 'no mask at all'],
    ['of another size', [0, 0, 1]],
  ])(
    'fails the item whose prediction is %s, and lets it pass only where that is allowed',
    async (_, content) => {
      write('pred/b.npy', content)
      const { code, summary } = await summaryOf()
      expect(code).toBe(2)
      expect(summary.failures).toMatchObject([{ key: 'b', side: 'prediction' }])
      const allowed = await summaryOf('--allow-failed', '50%', '--check', 'pixel_accuracy>=0.8')
      expect(allowed.code).toBe(1)
      expect(allowed.summary.checks[0]).toMatchObject({ result: 'fail', value: 1 / 2 })
      expect((await summaryOf('--allow-failed', '1')).code).toBe(0)
    },
  )

  it('is the same dataset whether or not its predictions can be read', async () => {
    const whole = await summaryOf()
    write('pred/b.npy', 'no mask at all')
    const { summary } = await summaryOf()
    expect(summary.fingerprint).toEqual(whole.summary.fingerprint)
  })

  it('names the ground truth when that is what cannot be read', async () => {
    write('gt/b.npy', 'no mask at all')
    const { summary } = await summaryOf()
    expect(summary.failures).toMatchObject([{ key: 'b', side: 'ground_truth' }])
  })

  it('tells a score that is null with its reason, in the words of the reports', async () => {
    const { out } = await evaluate('--options', '{"labels": "objects"}')
    expect(out).toMatch(/^mean_iou {2}pooled +none {3}labels number objects, not classes$/m)
  })

  it('exits 1 when a check fails', async () => {
    expect((await summaryOf('--check', 'mean_iou>=0.77')).code).toBe(0)
    expect((await summaryOf('--check', 'mean_iou>=0.77', '--check', 'mean_iou>=0.78')).code).toBe(1)
  })

  it('writes its results in one piece, and compares a run with an earlier one', async () => {
    const [old, fresh] = [join(root, 'old'), join(root, 'fresh')]
    expect((await evaluate(...classes, '--out', old)).code).toBe(0)
    expect((await evaluate(...classes, '--out', old)).code).toBe(0)
    const reports = ['classes.csv', 'items.csv', 'junit.xml', 'report.html', 'report.md']
    const results = ['items.ndjson', 'matching.json', 'run.json', 'summary.json', ...reports].sort()
    expect(readdirSync(old).sort()).toEqual(results)
    expect(readFileSync(join(old, 'report.html'), 'utf8')).toContain('<img src="data:image/png;base64,')
    write('pred/b.npy', [0, 0, 1, 1])
    const { code, out } = await evaluate(...classes, '--out', fresh, '--compare', old)
    expect(code).toBe(0)
    expect(out).toMatch(
      /\/pooled\/overlap\/mean_iou +0\.7750 → 1\.0000 +\+0\.2250 .*1 better, 1 equal, 0 worse/,
    )
    const comparison: Comparison = JSON.parse(readFileSync(join(fresh, 'comparison.json'), 'utf8'))
    expect(comparison.items).toMatchObject({ both: 2, only_a: 0, only_b: 0 })
    write('gt/b.npy', [1, 0, 1, 1])
    const other = await evaluate(...classes, '--compare', old)
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('NOT_COMPARABLE') })
  })

  describe('a baseline', () => {
    let old: string
    beforeEach(async () => {
      old = join(root, 'old')
      expect((await evaluate(...classes, '--out', old)).code).toBe(0)
    })
    const held = (...args: string[]) => summaryOf('--max-drop', 'pixel_accuracy=0.1', ...args)

    it('fails the run that is worse by more than is allowed, whether it is a file or a folder', async () => {
      const file = join(old, 'summary.json')
      expect((await held('--baseline', file)).code).toBe(0)
      write('pred/a.npy', [1, 1, 1, 1])
      for (const baseline of [file, old]) {
        const { code, summary } = await held('--baseline', baseline)
        expect(code).toBe(1)
        expect(summary.checks).toEqual([
          { check: 'max-drop pixel_accuracy=0.1', value: 7 / 8 - 5 / 8, limit: 0.1, result: 'fail' },
        ])
      }
      // Two groups have no interval: nothing says that it is chance.
      expect((await held('--baseline', old, '--significant')).code).toBe(1)
    })

    it('that is not there, or cannot be compared with, ends with exit code 2', async () => {
      const nowhere = await evaluate(
        ...classes,
        '--max-drop',
        'mean_iou=0',
        '--baseline',
        join(root, 'nowhere'),
      )
      expect(nowhere).toMatchObject({
        code: 2,
        err: expect.stringContaining('NOT_COMPARABLE: There is no baseline'),
      })
      const options = ['--options', '{"labels": "classes", "ignore_labels": [3]}', '--max-drop', 'mean_iou=0']
      const other = await evaluate(...options, '--baseline', old)
      expect(other).toMatchObject({
        code: 2,
        err: expect.stringContaining('the option `ignore_labels` differs'),
      })
      write('gt/b.npy', [1, 0, 1, 1])
      const { code, summary } = await held('--baseline', old)
      expect({ code, result: summary.checks[0].result }).toEqual({ code: 2, result: 'not_comparable' })
    })
  })

  it.each([
    ['--threads', '0'],
    ['--threads', 'many'],
    ['--progress', 'loud'],
    ['--level', '1.5'],
    ['--worst', 'all'],
    ['--intervals', 'some'],
    ['--max-drop', 'mean_iou=0.1'],
    ['--baseline', 'somewhere'],
    ['--significant'],
  ])('refuses %s %s', async (...flag) => {
    expect(await evaluate(...flag)).toMatchObject({
      code: 2,
      err: expect.stringContaining('INVALID_OPTIONS'),
    })
  })

  it('tells its progress as JSON, and says nothing where that is asked for', async () => {
    const lines = (await evaluate(...classes, '--progress', 'json')).err.split('\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ items: 2, done: 2, failed: 0, share: 1 })
    expect((await evaluate(...classes, '--progress', 'none')).err).toBe('matched 2 of 2 by rule "path"')
  })

  it('answers a finished run again under --resume, and refuses to resume it with other rows', async () => {
    const run = ['--out', join(root, 'results'), '--check', 'mean_iou>=0.9', '--resume']
    const first = await evaluate(...classes, ...run)
    expect(first.code).toBe(1)
    rmSync(join(root, 'results/report.md'))
    const again = await evaluate(...classes, ...run)
    expect({ code: again.code, out: again.out }).toEqual({ code: 1, out: first.out })
    expect(again.err).toContain('is finished')
    expect(readdirSync(join(root, 'results'))).not.toContain('report.md')
    const other = await evaluate('--options', '{"labels": "objects"}', ...run)
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('NOT_RESUMABLE') })
    expect(other.err).toContain('`labels` was "classes" and is "objects"')
  })

  it('asks the rows of a finished run anew for other checks, formats, intervals and baselines', async () => {
    const [old, kept, anew] = ['old', 'kept', 'anew'].map((name) => join(root, name))
    for (const out of [old, kept]) await evaluate(...classes, '--out', out, '--format', 'csv')
    const stamps = ['--format', 'html,junit', '--seed', '7', '--check', 'mean_iou>=0.9']
    const asked = [...stamps, '--baseline', old, '--max-drop', 'mean_iou=0', '--compare', old]
    const resumed = await evaluate(...classes, '--out', kept, '--resume', ...asked)
    const fresh = await evaluate(...classes, '--out', anew, ...asked)
    expect(resumed).toEqual(fresh)
    expect(fresh.code).toBe(1)
    const files = (out: string) =>
      readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')])
    expect(files(kept)).toEqual(files(anew))
    // The same path, but other results.
    write('pred/b.npy', [0, 0, 1, 1])
    await evaluate(...classes, '--out', old)
    write('pred/b.npy', [0, 1, 1, 1])
    const later = await evaluate(...classes, '--out', anew, '--resume', ...asked)
    expect(later.out).toMatch(/check max-drop mean_iou=0: fail \(worse by 0\.\d+\)/)
  })

  it('tells of predictions that came without a ground truth since the run finished', async () => {
    const run = [...classes, '--out', join(root, 'results'), '--resume']
    await evaluate(...run)
    write('pred/z.npy', [0, 1])
    expect((await evaluate(...run)).out).toContain('predictions without a ground truth (1): z.npy')
    expect(readFileSync(join(root, 'results/matching.json'), 'utf8')).toContain('z.npy')
  })

  it.each([
    ['a file', 'gt/a.npy'],
    ['a place that takes no files', '/proc/nothing'],
    ['a device', '/dev/null'],
    ['nothing', ''],
  ])('refuses an --out that is %s before anything is read, with a code', async (_, out) => {
    rmSync(predictions, { recursive: true })
    const { code, err } = await evaluate('--out', out === '' ? '' : resolve(root, out))
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/^(RESULTS_UNWRITABLE|INVALID_OPTIONS): /),
    })
  })

  it('follows links before it says that results stand outside of the masks', async () => {
    symlinkSync(predictions, join(root, 'link'))
    expect((await evaluate('--out', join(root, 'link/results'))).err).toContain('outside of')
  })

  it('takes options from a file, also with a byte order mark', async () => {
    write('options.json', '\ufeff{"labels": "classes"}')
    const { code, out } = await evaluate('--json', '--options', join(root, 'options.json'))
    expect({ code, labels: JSON.parse(out).labels }).toEqual({ code: 0, labels: 'classes' })
  })

  it('refuses to resume without a folder, and to replace what it compares with', async () => {
    expect((await evaluate('--resume')).err).toContain('--resume needs --out')
    const old = join(root, 'old')
    expect((await evaluate(...classes, '--out', old)).code).toBe(0)
    expect((await evaluate(...classes, '--out', old, '--compare', old)).err).toContain('is another folder')
    write('old/items.part.ndjson', '')
    const unfinished = await evaluate(...classes, '--compare', old)
    expect(unfinished).toMatchObject({ code: 2, err: expect.stringContaining('RESULTS_DAMAGED') })
  })

  it('makes every folder a group when asked to', async () => {
    for (const path of ['one/c', 'one/d', 'two/e'])
      for (const side of ['gt', 'pred']) write(`${side}/${path}.npy`, [0, 1])
    const { summary } = await summaryOf('--group-by', 'folder', '--replicates', '200')
    expect(summary.groups?.count).toBe(3)
    expect(summary.intervals).toMatchObject({ groups: 3, replicates: 200 })
  })

  it.each<[string, () => void, string[], string]>([
    ['a folder that is not there', () => rmSync(predictions, { recursive: true }), [], 'NOT_FOUND'],
    ['two files of one key', () => write('pred/a.png', ''), [], 'AMBIGUOUS_MATCH'],
    [
      'nothing matched',
      () => ['a', 'b'].map((k) => rmSync(join(predictions, `${k}.npy`))),
      [],
      'NOTHING_MATCHED',
    ],
    ['photos that are not there', () => undefined, ['--out', 'x', '--images', 'nowhere'], 'NOT_FOUND'],
    ['more failures than there are items', () => undefined, ['--allow-failed', '101%'], 'INVALID_OPTIONS'],
    ['options that are a folder', () => undefined, ['--options', '.'], 'is a folder'],
    ['an unknown option', () => undefined, ['--options', '{"binry": true}'], 'did you mean "binary"?'],
    [
      'checks among the options',
      () => undefined,
      ['--options', '{"checks":[{"metric":"/mi_loss","max":1}]}'],
      '--check',
    ],
    ['an unknown policy', () => undefined, ['--on-missing', 'ignore'], 'INVALID_OPTIONS'],
    ['a check that means nothing', () => undefined, ['--check', 'miou>=0.5'], 'INVALID_OPTIONS'],
    ['too few replicates', () => undefined, ['--replicates', '3'], 'INVALID_OPTIONS'],
    ['a number of failures that is none', () => undefined, ['--allow-failed', 'some'], 'INVALID_OPTIONS'],
    [
      'a run to compare with that is not there',
      () => undefined,
      ['--compare', 'nowhere'],
      'there is no such file',
    ],
  ])('refuses %s with exit code 2', async (_, arrange, args, message) => {
    arrange()
    const { code, err } = await evaluate(...args)
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) })
  })

  it('refuses to write over foreign files, or among the masks', async () => {
    write('other/notes.txt', 'mine')
    expect(await evaluate('--out', join(root, 'other'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('FOREIGN_FILES'),
    })
    expect(readFileSync(join(root, 'other/notes.txt'), 'utf8')).toBe('mine')
    expect((await evaluate('--out', join(predictions, 'results'))).err).toContain('outside of')
  })
})

import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import type { Comparison } from '../../src/evaluations/comparison/comparison.ts'
import type { Summary } from '../../src/evaluations/summary/summary.ts'
import { zipOf } from '../annotations/zip-writer.ts'
import { writeNpy } from '../oracle/npy-writer.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-maps-'))
  for (const folder of ['truth', 'maps']) mkdirSync(join(root, folder))
})
afterEach(() => rmSync(root, { recursive: true }))

const truth = writeNpy({ descr: '|u1', shape: [2, 3], values: [0, 0, 1, 1, 0, 1] })
/** The true class has the probability `sure` everywhere. */
const map = (sure: number) => {
  const foreground = [0, 0, 1, 1, 0, 1].map((label) => (label === 1 ? sure : 1 - sure))
  return writeNpy({
    descr: '<f8',
    shape: [2, 2, 3],
    values: [...foreground.map((q) => 1 - q), ...foreground],
  })
}
const write = (path: string, content: Uint8Array) => writeFileSync(join(root, path), content)

async function evaluate(...args: string[]): Promise<{ code: number; summary: Summary; err: string }> {
  const err: string[] = []
  const terminal = { out: () => {}, err: (text: string) => err.push(text) }
  const out = join(root, 'out')
  const options = JSON.stringify({ prediction: { probabilities: {} }, labels: 'classes' })
  const named = args.includes('--options') ? args : ['--options', options, ...args]
  const sides = ['truth', 'maps'].map((folder) => join(root, folder))
  const code = await runCommand(
    ['evaluate', ...sides, '--threads', '1', '--out', out, ...named],
    {},
    terminal,
  )
  if (code === 2) throw new Error(err.join('\n'))
  return { code, summary: JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')), err: err.join('\n') }
}

const meanOf = (summary: Summary, name: string) =>
  summary.macro[name as keyof Summary['macro']] as { mean: number; defined: number }

describe('a folder of probability maps', () => {
  beforeEach(() => {
    for (const key of ['a', 'b', 'c']) write(`truth/${key}.npy`, truth)
    write('maps/a.npy', map(0.9))
    write('maps/b.npz', zipOf({ name: 'probabilities.npy', content: map(0.75) }))
  })

  it('has the means over images of the scores of maps, and the pooled scores of their labels', async () => {
    write('maps/c.npy', map(0.6))
    const { summary } = await evaluate()
    expect(summary.items.scored).toBe(3)
    expect(meanOf(summary, 'brier').mean).toBeCloseTo((2 * (0.01 + 0.0625 + 0.16)) / 3, 12)
    expect(meanOf(summary, 'log_loss').mean).toBeCloseTo(-Math.log(0.9 * 0.75 * 0.6) / 3, 12)
    expect(meanOf(summary, 'soft_mi_loss').defined).toBe(3)
    expect(summary.pooled.mi_loss).toBe(0)
  })

  it('has average precision, AUROC and RMI as means over images, and the worst of them for a map that is missing', async () => {
    const options = {
      prediction: { probabilities: {} },
      labels: 'classes',
      families: ['soft', 'calibration', 'thresholds'],
      include: ['rmi'],
      soft: { radius: 2, pool: 1 },
    }
    const given = ['--on-missing', 'empty', '--options', JSON.stringify(options)]
    const { summary } = await evaluate(...given)
    // Both maps rank every pixel right; the third image has none.
    for (const name of ['average_precision', 'auroc']) {
      expect(summary.macro[name].mean).toBeCloseTo(2 / 3, 12)
      expect(summary.macro[name].defined).toBe(3)
    }
    expect(summary.macro.rmi_sum).toMatchObject({ defined: 2, undefined: { empty_prediction: 1 } })
    expect(summary.pooled.thresholds?.per_class.map(({ label }) => label)).toEqual([0, 1])
    expect(Object.keys(summary.intervals?.values ?? {})).toContain('/macro/average_precision/median')
  })

  it('answers checks by the names of the scores of maps, and compares runs by them', async () => {
    write('maps/c.npy', map(0.6))
    const first = await evaluate('--check', 'brier<=0.2', '--check', 'log_loss<=0.1')
    expect(first.summary.checks.map(({ result }) => result)).toEqual(['pass', 'fail'])
    renameSync(join(root, 'out'), join(root, 'before'))
    write('maps/c.npy', map(0.9))
    await evaluate('--compare', join(root, 'before'))
    const { scores }: Comparison = JSON.parse(readFileSync(join(root, 'out/comparison.json'), 'utf8'))
    const brier = scores.find(({ pointer }) => pointer === '/pooled/soft/brier')
    expect(brier?.delta).toBeCloseTo((2 * (0.01 - 0.16)) / 3, 12)
    expect(brier).toMatchObject({ wins: 1, ties: 2, losses: 0 })
  })

  it('never scores better for a map that is missing', async () => {
    const { summary } = await evaluate('--on-missing', 'empty')
    expect(summary.items.substituted).toBe(1)
    expect(meanOf(summary, 'brier').mean).toBeCloseTo((2 * (0.01 + 0.0625) + 2) / 3, 12)
    expect(meanOf(summary, 'log_loss').mean).toBeGreaterThan(11)
    for (const name of ['soft_mi_loss', 'js', 'brier', 'log_loss'])
      expect(meanOf(summary, name).defined).toBe(3)
  })
})

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
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
  const [out, options] = [join(root, 'out'), { prediction: { probabilities: {} }, labels: 'classes' }]
  const sides = ['truth', 'maps'].map((folder) => join(root, folder))
  const code = await runCommand(
    ['evaluate', ...sides, '--threads', '1', '--out', out, '--options', JSON.stringify(options), ...args],
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

  it('never scores better for a map that is missing', async () => {
    const { summary } = await evaluate('--on-missing', 'empty')
    expect(summary.items.substituted).toBe(1)
    expect(meanOf(summary, 'brier').mean).toBeCloseTo((2 * (0.01 + 0.0625) + 2) / 3, 12)
    expect(meanOf(summary, 'log_loss').mean).toBeGreaterThan(11)
    for (const name of ['soft_mi_loss', 'js', 'brier', 'log_loss'])
      expect(meanOf(summary, name).defined).toBe(3)
  })
})

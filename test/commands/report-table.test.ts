import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import { writeNpy } from '../oracle/npy-writer.ts'

const folder = mkdtempSync(join(tmpdir(), 'maskscore-table-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What `maskscore score` prints of a map whose class 0 is not in the ground truth. */
async function printed(classes: number): Promise<string> {
  const [truth, map] = ['truth', 'map'].map((name) => join(folder, `${name}-${classes}.npy`))
  writeFileSync(truth, writeNpy({ descr: '|u1', shape: [2, 2], values: [1, 1, 2, 2] }))
  const values = Array.from({ length: classes * 4 }, () => 1 / classes)
  writeFileSync(map, writeNpy({ descr: '<f8', shape: [classes, 2, 2], values }))
  const out: string[] = []
  const terminal = { out: (text: string) => out.push(text), err: (text: string) => out.push(text) }
  const options = {
    families: ['soft', 'calibration', 'thresholds'],
    prediction: { probabilities: { layout: 'chw' } },
    include: ['rmi'],
  }
  const code = await runCommand(['score', truth, map, '--options', JSON.stringify(options)], {}, terminal)
  expect(code).toBe(0)
  return out.join('\n')
}

describe('the report of a probability map in a terminal', () => {
  it('shows tables of classes as rows of numbers, and a class without a gradient as "-"', async () => {
    const text = await printed(3)
    expect(text).toMatch(/ {2}table\n {2}( +0){3}\n( +0\.166667){3}\n( +0\.166667){3}\n/)
    expect(text).toMatch(/ {2}gradient_table\n +-\n( +-?\d\S*){3}\n/)
    expect(text).toMatch(/per_class +- - -\n/)
    expect(text).toMatch(/\ncalibration\n/)
    expect(text).toMatch(/average_precision +auroc +best_iou/)
  })

  it('leaves tables that are too wide to --json', async () => {
    expect(await printed(12)).toMatch(/ {2}table +12 × 12; --json lists them\n/)
  })
})

import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import type { Summary } from '../../src/evaluations/summary/summary.ts'

const examples = join(import.meta.dirname, '../../examples/labeling')

describe('evaluate on exports of labeling tools', () => {
  it('takes the names of annotations for classes, and scores a dataset of one as the pair', async () => {
    const out: string[] = []
    const err: string[] = []
    const terminal = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) }
    const args = ['cvat-images/ground-truth.zip', 'coco/prediction.json'].map((path) => join(examples, path))
    const code = await runCommand(['evaluate', ...args, '--json', '--threads', '1'], {}, terminal)
    expect({ code, err: err[0] }).toEqual({ code: 0, err: 'matched 1 of 1 by rule "path"' })
    const summary: Summary = JSON.parse(out.join(''))
    expect(summary).toMatchObject({ complete: true, labels: 'classes' })
    expect(summary.pooled.overlap?.per_class).toMatchObject([
      { name: 'unlabelled' },
      { name: 'cell' },
      { name: 'leaf' },
    ])
  })
})

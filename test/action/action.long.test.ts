import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { action, runAction } from './run-action.ts'

const root = join(import.meta.dirname, '../..')
const dataset = join(root, 'examples/dataset')

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function evaluate(inputs: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'maskscore-action-'))
  folders.push(folder)
  return { ...runAction(inputs, folder), folder }
}

const sides = {
  'ground-truth': join(dataset, 'ground-truth'),
  prediction: join(dataset, 'this-week'),
  options: join(dataset, 'options.json'),
}

describe('the action', () => {
  it('scores two folders, writes the report into the summary of the job, and tells the loss', () => {
    const { status, summary, outputs, folder } = evaluate({
      ...sides,
      checks: 'mean_iou>=0.5\n\nmi_loss<0.9\n',
    })
    expect(status).toBe(0)
    expect(summary).toMatch(/^## .*12 items/)
    expect(summary).toContain('mean_iou>=0.5')
    expect(outputs).toMatch(/^mi-loss=0\.69\d+\ncomplete=true\n$/)
    for (const file of ['report.html', 'report.md', 'items.csv', 'junit.xml', 'badge.svg', 'summary.json'])
      expect(existsSync(join(folder, 'maskscore-results', file))).toBe(true)
  })

  it('fails when a check does not hold, and tells what was found all the same', () => {
    const { status, summary, outputs } = evaluate({ ...sides, checks: 'mean_iou>=0.99' })
    expect(status).toBe(1)
    expect(summary).toContain('mean_iou>=0.99')
    expect(outputs).toContain('complete=true')
  })

  it('fails with the reason on bad input, and runs nothing that an input holds', () => {
    const { status, stderr, outputs, folder } = evaluate({
      ...sides,
      prediction: '$(touch hacked)"; touch hacked; "',
    })
    expect(status).toBe(2)
    expect(stderr).not.toBe('')
    expect(outputs).toBe('')
    expect(existsSync(join(folder, 'hacked'))).toBe(false)
  })

  it('takes further arguments, one a line, blanks and all', () => {
    const { status, folder } = evaluate({
      ...sides,
      arguments: '--group-by\nfolder\n--replicates\n200',
      out: 'my results',
    })
    expect(status).toBe(0)
    const summary = JSON.parse(readFileSync(join(folder, 'my results/summary.json'), 'utf8'))
    expect(summary.intervals).toMatchObject({ replicates: 200, groups: 6 })
  })

  it('gives every input to the step that scores, and every output comes from it', () => {
    const { env = {} } = action.runs.steps.find(({ id }) => id === 'evaluate') ?? {}
    expect(Object.values(env).sort()).toEqual(
      Object.keys(action.inputs)
        .map((name) => `\${{ inputs.${name} }}`)
        .sort(),
    )
    for (const { value } of Object.values(action.outputs))
      expect(value).toMatch(/^\$\{\{ (steps\.evaluate\.outputs|inputs)\./)
  })
})

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '../..')
const dataset = join(root, 'examples/dataset')

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: {
    readonly steps: readonly {
      readonly id?: string
      readonly run?: string
      readonly env?: Readonly<Record<string, string>>
    }[]
  }
}
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Runs the step that scores, as a runner of GitHub does: expressions filled in, files for the summary and the outputs. */
function evaluate(inputs: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'maskscore-action-'))
  folders.push(folder)
  const defaults = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, input.default]),
  )
  const given: Record<string, string | undefined> = { ...defaults, ...inputs }
  const step = action.runs.steps.find(({ id }) => id === 'evaluate')
  const filled = (text: string) =>
    text.replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name) => given[name] ?? '')
  const env = Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, text]) => [name, filled(text)]))
  const [summary, outputs] = ['summary', 'outputs'].map((name) => join(folder, name))
  const { status, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', filled(step?.run ?? 'false')], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      // The Node of the runner, as setup-node puts it there.
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      GITHUB_ACTION_PATH: root,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: outputs,
      ...env,
    },
  })
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
  return { status, stderr, summary: read(summary), outputs: read(outputs), folder }
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

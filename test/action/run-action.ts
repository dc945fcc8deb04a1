import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '../..')

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: {
    readonly steps: readonly {
      readonly id?: string
      readonly run?: string
      readonly env?: Readonly<Record<string, string>>
    }[]
  }
}
export const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action

/**
 * Runs the step that scores in `folder`, as a runner of GitHub does: expressions filled in, files for the summary and the
 * outputs.
 */
export function runAction(inputs: Readonly<Record<string, string>>, folder: string) {
  const defaults = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, input.default]),
  )
  const given: Record<string, string | undefined> = { ...defaults, ...inputs }
  const step = action.runs.steps.find(({ id }) => id === 'evaluate')
  const filled = (text: string) =>
    text.replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name) => given[name] ?? '')
  const env = Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, text]) => [name, filled(text)]))
  const files = mkdtempSync(join(tmpdir(), 'maskscore-runner-'))
  const [summary, outputs] = ['summary', 'outputs'].map((name) => join(files, name))
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
  const told = { status, stderr, summary: read(summary), outputs: read(outputs) }
  rmSync(files, { recursive: true })
  return told
}

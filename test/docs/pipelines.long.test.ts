import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import packageJson from '../../package.json' with { type: 'json' }
import { action, runAction } from '../action/run-action.ts'
import { fencedBlocks, root } from './fenced-blocks.ts'
import { typeCommands } from './type-commands.ts'

interface Step {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, string>>
}
const examples = fencedBlocks('docs/pipelines.md')
  .filter(({ language }) => language === 'yaml')
  .map(({ text }) => parse(text))
const [workflow, gitlab] = examples

/** A repository with masks, and what its model predicted, where the examples look for them. */
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maskscore-pipeline-'))
  cpSync(join(root, 'examples/dataset/ground-truth'), join(folder, 'data/val/masks'), { recursive: true })
  cpSync(join(root, 'examples/dataset/ground-truth'), join(folder, 'predictions'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the examples of docs/pipelines.md', () => {
  it('are two', () => expect(examples).toHaveLength(2))

  it('for GitHub use the action with inputs and outputs that it has, and its step passes', async () => {
    const steps = workflow.jobs.masks.steps as Step[]
    const step = steps.find(({ uses }) => uses?.includes('/maskscore@')) as Step
    expect(step.uses).toMatch(new RegExp(`@v${packageJson.version}$`))
    const inputs = step.with ?? {}
    const known = Object.entries(action.inputs)
    expect(known.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(inputs)))
    for (const [name, { required }] of known) if (required) expect(Object.keys(inputs)).toContain(name)
    const [, id, output] = /steps\.(\w+)\.outputs\.([\w-]+)/.exec(JSON.stringify(steps)) as RegExpExecArray
    expect(id).toBe(step.id)
    expect(Object.keys(action.outputs)).toContain(output)
    // The run of the main branch that the example compares with.
    const options = `--options '${inputs.options}'`
    await typeCommands(
      `maskscore evaluate data/val/masks predictions ${options} --out main`,
      folder,
      'http://nowhere',
    )
    const { status, stderr, outputs } = runAction(inputs, folder)
    expect(status, stderr).toBe(0)
    expect(outputs).toContain('complete=true')
  })

  it('for GitLab install the package, evaluate, and leave the artifacts that they name', async () => {
    const { script, artifacts } = gitlab.masks as { script: string[]; artifacts: Artifacts }
    const [install, ...commands] = script
    expect(install).toBe(`npm install --global ./maskscore-${packageJson.version}.tgz`)
    const told = await typeCommands(commands.join('\n'), folder, 'http://nowhere')
    expect(told).toContain('check mean_iou>=0.8: pass')
    for (const path of [...artifacts.paths, artifacts.reports.junit, 'results/badge.svg'])
      expect(existsSync(join(folder, path)), path).toBe(true)
  })
})

interface Artifacts {
  readonly paths: readonly string[]
  readonly reports: { readonly junit: string }
}

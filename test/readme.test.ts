import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCommand } from '../src/commands/run-command.ts'
import { defaultLimits } from '../src/limits.ts'
import type { Report } from '../src/scoring/report/report.ts'
import { perform } from '../src/workers/perform.ts'

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

describe('README', () => {
  it('shows what the example pair really answers', async () => {
    const part = (name: string, file: string) => ({
      name,
      bytes: readFileSync(join(root, 'examples/pair', file)),
    })
    const outcome = await perform(
      {
        call: 'score',
        body: {
          type: 'parts',
          parts: [part('ground_truth', 'ground-truth.png'), part('prediction', 'prediction.png')],
        },
      },
      { limits: defaultLimits, pngDecoder: 'auto' },
    )
    if (!outcome.ok) throw new Error(outcome.detail)
    const report = JSON.parse(new TextDecoder().decode(outcome.body)) as Report
    const block = /<!-- example:begin -->\s*```json\n([\s\S]*?)```\s*<!-- example:end -->/.exec(readme)
    const shown = JSON.parse((block?.[1] ?? '').replaceAll(/,?\s*"…": "…"/g, '')) as Report
    expect(report).toMatchObject(shown)
    expect(shown.mi_loss).toBe(report.mi_loss)
  })

  it('shows the table that the example dataset really gives', async () => {
    const command = /^npm run evaluate -- (examples\/dataset.*)$/m.exec(readme)?.[1] ?? ''
    const args = command.split(' ').map((word) => (word.startsWith('examples/') ? join(root, word) : word))
    const told: string[] = []
    const terminal = { out: (text: string) => told.push(text), err: () => undefined }
    expect(await runCommand(['evaluate', ...args, '--threads', '1'], {}, terminal)).toBe(0)
    const block = /<!-- dataset:begin -->\s*```text\n([\s\S]*?)\n```\s*<!-- dataset:end -->/.exec(readme)
    expect(told.join('\n')).toBe(block?.[1])
  })

  it('links only to files that are there', () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)].map(([, path]) => path)
    expect(links.length).toBeGreaterThan(5)
    for (const path of links)
      expect(() => readFileSync(join(root, path === 'docker' ? 'docker/Dockerfile' : path))).not.toThrow()
  })
})

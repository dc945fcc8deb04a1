import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/tutorial.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'maskscore-tutorial-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const commands = [...page.matchAll(/```\n([\s\S]*?)```/g)].flatMap(([, block]) => block.trim().split('\n'))

/** What `npm run -s <command> -- …` starts, in a folder of its own. */
function run(command: string) {
  const [, name, rest] = /^npm run -s (\w+) -- (.*)$/.exec(command) ?? []
  const args = [...rest.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word)
  const paths = args.map((word) => (word.startsWith('examples/') ? join(root, word) : word))
  return spawnSync(process.execPath, [join(root, 'src/cli.ts'), name, ...paths], {
    cwd: folder,
    encoding: 'utf8',
  })
}

describe('the tutorial, from its first command to its last', () => {
  it('has commands that all succeed, and finds what it says it finds', () => {
    expect(commands.length).toBe(6)
    const told = commands.map((command) => {
      const { status, stdout, stderr } = run(command)
      expect(status, `${command}\n${stdout}${stderr}`).toBe(0)
      return stdout + stderr
    })
    expect(told[0]).toContain('12')
    expect(told[1]).toContain('complete: 12 scored')
    expect(told[1]).toContain('over 6 groups')
    expect(existsSync(join(folder, 'results/report.html'))).toBe(true)
    expect(existsSync(join(folder, 'results/items.csv'))).toBe(true)
    expect(told[5]).toContain('pass')
  })
})

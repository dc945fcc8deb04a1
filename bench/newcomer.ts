import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fencedBlocks, root } from '../test/docs/fenced-blocks.ts'
import { firstHour, milestones } from './newcomer/first-hour.ts'
import { newcomerEnvironment } from './newcomer/newcomer-environment.ts'
import { print } from './output.ts'
import { printTable } from './table.ts'

/** The block of commands of a page that begins so. */
function blockOf(page: string, begin: string): string {
  const found = fencedBlocks(page).find(({ language, text }) => language === 'sh' && text.startsWith(begin))
  if (!found) throw new Error(`${page} has no commands that begin with ${begin}`)
  return found.text.trim()
}

/**
 * From a clone to the first score, the first report of a dataset and the first number in Python: the commands of the pages
 * are typed as they stand there, with the machine's own Node, first with empty caches of npm and pip, then with those that
 * the first run filled.
 */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'maskscore-newcomer-'))
  const commands = {
    install: blockOf('README.md', 'npm ci'),
    score: blockOf('README.md', 'curl'),
    evaluate: blockOf('README.md', 'npm run evaluate'),
    python: blockOf('clients/python/README.md', 'python3 -m venv'),
  }
  try {
    const env = newcomerEnvironment(folder)
    const version = (...args: [string, string]) =>
      execFileSync(args[0], [args[1]], { env, encoding: 'utf8' }).trim()
    print(
      `The newcomer has Node ${version('node', '--version')}, npm ${version('npm', '--version')}, ${version('python3', '--version')}.\n\n`,
    )
    const empty = await firstHour(root, join(folder, 'first'), commands, env)
    const filled = await firstHour(root, join(folder, 'second'), commands, env)
    printTable({
      title: 'From the clone to the first answers',
      reading:
        'Seconds since `git clone` began. With empty caches npm and pip fetch everything over the network, whose speed then decides; with filled ones they ask the registries for little.',
      columns: ['', 'empty caches', 'filled caches'],
      rows: milestones.map((name) => [name, empty[name], filled[name]]),
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

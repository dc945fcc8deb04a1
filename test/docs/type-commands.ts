import { execFile } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import packageJson from '../../package.json' with { type: 'json' }
import { root } from './fenced-blocks.ts'

/** Scripts of package.json that are a command of the command line. */
const scripts = Object.entries(packageJson.scripts).flatMap(([name, script]) => {
  const [, command] = /^node src\/cli\.ts (.+)$/.exec(script) ?? []
  return command === undefined || /[>&]/.test(command) ? [] : [{ name, command }]
})

/** What stands for the programs of the machine: npm starts the command line where this checkout has it; others fail. */
const programs = `
set -euo pipefail
curl() { command curl --fail-with-body -sS "$@"; }
maskscore() { "$NODE" "$ROOT/src/cli.ts" "$@"; }
npx() { [ "$1" = maskscore ]; shift; maskscore "$@"; }
npm() {
  [ "$1" = run ] || { echo "npm $1 is nothing that this test can type" >&2; return 97; }
  shift
  [ "$1" = -s ] && shift
  local script=$1
  shift
  [ "\${1-}" = -- ] && shift
  case "$script" in
${scripts.map(({ name, command }) => `    ${name}) maskscore ${command} "$@" ;;`).join('\n')}
    *) echo "npm run $script is nothing that this test can type" >&2; return 97 ;;
  esac
}
PS4='$ '
`

/**
 * Types commands in one shell in `folder`, as somebody does who follows a page; the first that fails ends it.
 *
 * @returns what they print
 * @throws Error with the command that failed, and what it printed
 */
export async function typeCommands(
  commands: string,
  folder: string,
  url: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const here = commands.replaceAll('localhost:8080', url.replace('http://', ''))
  try {
    const { stdout } = await promisify(execFile)('bash', ['-c', `${programs}set -x\n${here}`], {
      cwd: folder,
      maxBuffer: 2 ** 26,
      env: { PATH: process.env.PATH, HOME: folder, NODE: process.execPath, ROOT: root, ...env },
    })
    return stdout
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${stderr.slice(-4000)}\n${stdout.slice(-4000)}`)
  }
}

/** Puts the examples of the project where a page's commands look for them. */
export function linkExamples(folder: string): void {
  symlinkSync(join(root, 'examples'), join(folder, 'examples'))
}

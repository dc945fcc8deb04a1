import packageJson from '../../package.json' with { type: 'json' }
import { nearestKey } from '../json/nearest-key.ts'
import { agreementCommand } from './agreement.ts'
import type { Command, ExitCode, Terminal } from './command.ts'
import { mistakeOf } from './command-mistake.ts'
import { compareCommand } from './compare.ts'
import { configCommand } from './config.ts'
import { docsCommand } from './docs.ts'
import { evaluateCommand } from './evaluate.ts'
import { healthcheckCommand } from './healthcheck.ts'
import { inspectCommand } from './inspect.ts'
import { matchCommand } from './match.ts'
import { openapiCommand } from './openapi.ts'
import { overlayCommand } from './overlay.ts'
import { scoreCommand } from './score.ts'
import { serveCommand } from './serve.ts'
import { storeCommand } from './store.ts'
import { tableCommand } from './table.ts'
import { workCommand } from './work.ts'

const commands: Readonly<Record<string, Command>> = {
  score: scoreCommand,
  evaluate: evaluateCommand,
  compare: compareCommand,
  match: matchCommand,
  inspect: inspectCommand,
  overlay: overlayCommand,
  agreement: agreementCommand,
  table: tableCommand,
  serve: serveCommand,
  work: workCommand,
  store: storeCommand,
  healthcheck: healthcheckCommand,
  config: configCommand,
  openapi: openapiCommand,
  docs: docsCommand,
}

/** Runs the command named first in `args`; mistakes are told on the error stream with exit code 2. */
export async function runCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined || ['help', '--help', '-h'].includes(name)) {
    const [asked] = rest.filter((word) => !word.startsWith('-'))
    if (asked !== undefined && !Object.hasOwn(commands, asked)) return refuseUnknown(asked, terminal)
    terminal.out(asked === undefined ? help() : helpOf(asked, commands[asked]))
    return 0
  }
  if (['version', '--version', '-v'].includes(name)) {
    terminal.out(packageJson.version)
    return 0
  }
  if (!Object.hasOwn(commands, name)) return refuseUnknown(name, terminal)
  const command = commands[name]
  if (rest.some((arg) => arg === '--help' || arg === '-h')) {
    terminal.out(helpOf(name, command))
    return 0
  }
  if (command.usage === '' && rest.length > 0) {
    terminal.err(
      `maskscore ${name} takes no arguments; its settings come from the environment: docs/settings.md`,
    )
    return 2
  }
  try {
    return await command.run(rest, env, terminal)
  } catch (error) {
    const mistake = mistakeOf(error, name, command)
    // 1 would say that a check fails.
    if (mistake === undefined) {
      terminal.err(`This is a fault of maskscore:\n${(error as Error)?.stack ?? error}`)
      return 3
    }
    terminal.err(`${mistake}\nusage: maskscore ${name} ${command.usage}`.trimEnd())
    return 2
  }
}

function refuseUnknown(name: string, terminal: Terminal): ExitCode {
  const nearest = nearestKey(name, Object.keys(commands))
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`
  terminal.err(`unknown command "${name}"${hint}\n\`maskscore --help\` lists all commands.`)
  return 2
}

const helpOf = (name: string, { usage, summary, details }: Command): string =>
  [`maskscore ${name} ${usage}`.trimEnd(), '', summary, ...(details ? ['', details] : [])].join('\n')

const help = (): string =>
  [
    'maskscore: exact scores of segmentation masks',
    '',
    ...Object.entries(commands).flatMap(([name, { usage, summary }]) => [
      `  ${name} ${usage}`.trimEnd(),
      `      ${summary}`,
    ]),
    '',
    'maskscore COMMAND --help says more; maskscore --version tells the version. Settings come from the environment: docs/settings.md.',
  ].join('\n')

import packageJson from '../../package.json' with { type: 'json' }
import { visible } from '../evaluations/reports/escape.ts'
import { Refusal } from '../problems/refusal.ts'
import { SettingsError } from '../settings/settings.ts'
import type { Command, ExitCode, Terminal } from './command.ts'
import { compareCommand } from './compare.ts'
import { configCommand } from './config.ts'
import { docsCommand } from './docs.ts'
import { evaluateCommand } from './evaluate.ts'
import { healthcheckCommand } from './healthcheck.ts'
import { inspectCommand } from './inspect.ts'
import { matchCommand } from './match.ts'
import { openapiCommand } from './openapi.ts'
import { scoreCommand } from './score.ts'
import { serveCommand } from './serve.ts'

const commands: Readonly<Record<string, Command>> = {
  score: scoreCommand,
  evaluate: evaluateCommand,
  compare: compareCommand,
  match: matchCommand,
  inspect: inspectCommand,
  serve: serveCommand,
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
    terminal.out(help())
    return 0
  }
  if (['version', '--version', '-v'].includes(name)) {
    terminal.out(packageJson.version)
    return 0
  }
  if (!Object.hasOwn(commands, name)) {
    terminal.err(`unknown command "${name}"\n\n${help()}`)
    return 2
  }
  const command = commands[name]
  if (rest.some((arg) => arg === '--help' || arg === '-h')) {
    terminal.out(helpOf(name, command))
    return 0
  }
  try {
    return await command.run(rest, env, terminal)
  } catch (error) {
    const mistake = mistakeOf(error)
    // 1 would say that a check fails.
    if (mistake === undefined) {
      terminal.err(`This is a fault of maskscore:\n${(error as Error)?.stack ?? error}`)
      return 3
    }
    terminal.err(`${mistake}\nusage: maskscore ${name} ${command.usage}`.trimEnd())
    return 2
  }
}

const files: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder',
  EACCES: 'the file may not be read or written',
  ENOTDIR: 'this is no folder, or a part of its path is none',
  EEXIST: 'there is something else of this name',
  EROFS: 'the disk takes no writing',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EFBIG: 'the file grew too large',
}

/** What the user did wrong (a bad argument, a file that is not there); undefined for a fault of ours. */
function mistakeOf(error: unknown): string | undefined {
  if (error instanceof Refusal)
    return `${error.code}: ${visible(error.message)}\nRemedy: ${visible(error.remedy)}`
  const { code = '', message, path } = error as NodeJS.ErrnoException
  if (error instanceof SettingsError || code.startsWith('ERR_PARSE_ARGS')) return message
  return Object.hasOwn(files, code) ? `${path ?? message}: ${files[code]}` : undefined
}

const helpOf = (name: string, { usage, summary, details }: Command): string =>
  [`maskscore ${name} ${usage}`.trimEnd(), '', summary, ...(details ? ['', details] : [])].join('\n')

const help = (): string =>
  [
    'maskscore: exact scores of segmentation masks',
    '',
    ...Object.entries(commands).map(
      ([name, { usage, summary }]) => `  ${`${name} ${usage}`.padEnd(58)}${summary}`,
    ),
    '',
    'maskscore COMMAND --help says more; maskscore --version tells the version. Settings come from the environment: docs/settings.md.',
  ].join('\n')

import { Refusal } from '../problems.ts'
import { SettingsError } from '../settings.ts'
import type { Command, ExitCode, Terminal } from './command.ts'
import { configCommand } from './config.ts'
import { docsCommand } from './docs.ts'
import { healthcheckCommand } from './healthcheck.ts'
import { inspectCommand } from './inspect.ts'
import { openapiCommand } from './openapi.ts'
import { scoreCommand } from './score.ts'
import { serveCommand } from './serve.ts'

const commands: Readonly<Record<string, Command>> = {
  score: scoreCommand,
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
  if (!Object.hasOwn(commands, name)) {
    terminal.err(`unknown command "${name}"\n\n${help()}`)
    return 2
  }
  try {
    return await commands[name].run(rest, env, terminal)
  } catch (error) {
    if (!isMistake(error)) throw error
    terminal.err(
      `${error instanceof Refusal ? `${error.code}: ` : ''}${error.message}\nusage: maskscore ${name} ${commands[name].usage}`,
    )
    return 2
  }
}

/** A mistake of the user (a bad argument, a file that is not there), as opposed to a fault of ours. */
function isMistake(error: unknown): error is Error {
  if (error instanceof Refusal || error instanceof SettingsError) return true
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return code.startsWith('ERR_PARSE_ARGS') || ['ENOENT', 'EISDIR', 'EACCES', 'ENOTDIR'].includes(code)
}

const help = (): string =>
  [
    'maskscore: exact scores of segmentation masks',
    '',
    ...Object.entries(commands).map(
      ([name, { usage, summary }]) => `  ${`${name} ${usage}`.padEnd(58)}${summary}`,
    ),
  ].join('\n')

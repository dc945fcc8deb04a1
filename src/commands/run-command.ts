import packageJson from '../../package.json' with { type: 'json' }
import { visible } from '../evaluations/reports/escape.ts'
import { type ProblemCode, problems } from '../problems/catalogue.ts'
import { Refusal } from '../problems/refusal.ts'
import { SettingsError } from '../settings/settings.ts'
import { agreementCommand } from './agreement.ts'
import type { Command, ExitCode, Terminal } from './command.ts'
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
    const [asked = ''] = rest
    terminal.out(Object.hasOwn(commands, asked) ? helpOf(asked, commands[asked]) : help())
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
    const mistake = mistakeOf(error, name)
    // 1 would say that a check fails.
    if (mistake === undefined) {
      terminal.err(`This is a fault of maskscore:\n${(error as Error)?.stack ?? error}`)
      return 3
    }
    terminal.err(`${mistake}\nusage: maskscore ${name} ${command.usage}`.trimEnd())
    return 2
  }
}

/** What the system answers of a file or folder, as a refusal. */
const files: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  ENOENT: ['NOT_FOUND', 'there is no such file'],
  EISDIR: ['UNREADABLE_FILE', 'this is a folder'],
  EACCES: ['UNREADABLE_FILE', 'the file may not be read or written'],
  EPERM: ['UNREADABLE_FILE', 'the file may not be read or written'],
  ENOTDIR: ['UNREADABLE_FILE', 'this is no folder, or a part of its path is none'],
  ELOOP: ['UNREADABLE_FILE', 'its links lead in a circle'],
  ENAMETOOLONG: ['UNREADABLE_FILE', 'the name is too long'],
  EIO: ['UNREADABLE_FILE', 'the disk fails'],
  EEXIST: ['RESULTS_UNWRITABLE', 'there is something else of this name'],
  EROFS: ['RESULTS_UNWRITABLE', 'the disk takes no writing'],
  ENOSPC: ['RESULTS_UNWRITABLE', 'the disk is full'],
  EDQUOT: ['RESULTS_UNWRITABLE', 'the disk is full'],
  EFBIG: ['RESULTS_UNWRITABLE', 'the file grew too large'],
}

/** What the user did wrong (a bad argument, a file that is not there); undefined for a fault of ours. */
function mistakeOf(error: unknown, command: string): string | undefined {
  if (error instanceof Refusal) {
    const { code, message, remedy } = error
    // What the catalogue advises of these speaks of a request.
    const isOfRequest = ['INVALID_OPTIONS', 'MISSING_PART'].includes(code) && remedy === problems[code].remedy
    const advice = isOfRequest ? `\`maskscore ${command} --help\` tells what it takes.` : remedy
    return `${code}: ${visible(message)}\nRemedy: ${visible(advice)}`
  }
  const { code = '', message, path } = error as NodeJS.ErrnoException
  if (error instanceof SettingsError || code.startsWith('ERR_PARSE_ARGS')) return message
  if (!Object.hasOwn(files, code)) return undefined
  const [problem, said] = files[code]
  return `${problem}: ${visible(path || message)}: ${said}`
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

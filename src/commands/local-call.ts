import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { visible } from '../evaluations/reports/escape.ts'
import { problems } from '../problems/catalogue.ts'
import type { Call } from '../scoring/call.ts'
import { loadSettings, scoringContext } from '../settings/settings.ts'
import type { Answer, RequestBody } from '../tasks/task.ts'
import { perform } from '../workers/perform.ts'
import type { Terminal } from './command.ts'
import { commandRemedy } from './command-remedy.ts'
import { optionsText } from './options-text.ts'

/** A file that a call is given as one of its parts. */
export interface LocalFile {
  readonly part: string
  readonly path: string
  /** Its own where it is absent. */
  readonly name?: string
}

/**
 * Files and options as a call takes them over HTTP.
 * @param options JSON text, or the path of a file that holds it
 */
export async function filesBody(
  files: readonly LocalFile[],
  options: string | undefined,
): Promise<RequestBody> {
  const parts = await Promise.all(
    files.map(async ({ part, path, name = basename(path) }) => ({
      name: part,
      filename: name,
      bytes: await readFile(path),
    })),
  )
  const more =
    options === undefined ? [] : [{ name: 'options', bytes: new TextEncoder().encode(optionsText(options)) }]
  return { type: 'parts', parts: [...parts, ...more] }
}

/**
 * One call of the service, in this process. A refusal is told on the error stream and answers undefined.
 * @param accept the media type that is preferred where a call has several answers
 */
export async function localAnswer(
  call: Call,
  body: RequestBody,
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
  accept?: string,
): Promise<Answer | undefined> {
  const context = scoringContext(loadSettings(env))
  const outcome = await perform({ call, body, ...(accept !== undefined && { accept }) }, context)
  if (outcome.ok) return outcome
  const { code, detail, errors } = outcome
  const { title } = problems[code]
  const concerned = errors.map(({ pointer, message }) => `  ${pointer}: ${message}`)
  // The fields below say all that the detail says, each at its place.
  const isRepeated = errors.length > 0 && errors.every(({ message }) => detail.includes(message))
  const remedy = commandRemedy(code, outcome.remedy, call)
  terminal.err(
    [
      isRepeated ? `${code}: ${title}.` : `${code}: ${title}: ${detail}`,
      ...concerned,
      ...(detail.includes(remedy) ? [] : [`Remedy: ${remedy}`]),
    ]
      .map(visible)
      .join('\n'),
  )
  return undefined
}

/** The same for an answer in JSON. */
export async function localCall(...asked: Parameters<typeof localAnswer>): Promise<unknown> {
  const answer = await localAnswer(...asked)
  return answer && JSON.parse(new TextDecoder().decode(answer.body))
}

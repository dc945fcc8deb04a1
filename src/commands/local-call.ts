import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { problems } from '../problems/catalogue.ts'
import type { Call } from '../scoring/call.ts'
import { loadSettings, scoringContext } from '../settings/settings.ts'
import type { BodyPart } from '../tasks/task.ts'
import { perform } from '../workers/perform.ts'
import type { Terminal } from './command.ts'

/**
 * One call of the service, in this process: files by part name, options as JSON text.
 * A refusal is told on the error stream and answers undefined.
 */
export async function localCall(
  call: Call,
  files: Readonly<Record<string, string>>,
  options: string | undefined,
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<unknown> {
  const parts: BodyPart[] = []
  for (const [name, path] of Object.entries(files))
    parts.push({ name, filename: basename(path), bytes: await readFile(path) })
  if (options !== undefined) parts.push({ name: 'options', bytes: new TextEncoder().encode(options) })
  const outcome = await perform({ call, body: { type: 'parts', parts } }, scoringContext(loadSettings(env)))
  if (outcome.ok) return JSON.parse(new TextDecoder().decode(outcome.body))
  const { title } = problems[outcome.code]
  const concerned = outcome.errors.map((error) => `  ${error.pointer}: ${error.message}`)
  terminal.err(
    [`${outcome.code}: ${title}: ${outcome.detail}`, ...concerned, `Remedy: ${outcome.remedy}`].join('\n'),
  )
  return undefined
}

import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { decodeText } from '../json/decode-text.ts'
import { parseJson } from '../json/parse-json.ts'
import { Refusal, refuseField } from '../problems/refusal.ts'
import type { TableReport } from '../scoring/table.ts'
import { loadSettings } from '../settings/settings.ts'
import type { RequestBody } from '../tasks/task.ts'
import type { Command } from './command.ts'
import { countsOf } from './counts-of.ts'
import { localCall } from './local-call.ts'
import { optionsText } from './options-text.ts'
import { refuseNoFile } from './refuse-no-file.ts'
import { tableOfScores } from './report-table.ts'

export const tableCommand: Command = {
  usage: 'FILE [--json] [--options JSON]',
  summary: 'scores of a table of counts, such as a confusion matrix; exit code 1 when a check fails',
  details: `FILE holds the counts, rows for ground-truth labels 0, 1, …, columns for predicted ones: lines of numbers between commas,
tabs or blanks, or a JSON list of rows; or it is the JSON body of POST /v1/table, with triples or probabilities too.

  --json                       the report of POST /v1/table instead of a table
  --options FILE|JSON          its options, e.g. '{"families": ["overlap"], "classes": {"0": "road"}}'

Exit code 0: all checks pass, or there are none; 1: a check fails or could not be computed; 2: bad input.`,
  async run(args, env, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, options: { type: 'string' } },
      allowPositionals: true,
    })
    if (positionals.length !== 1) throw new Refusal('MISSING_PART', 'Name one file with counts.')
    const { maxJsonDepth } = loadSettings(env)
    refuseNoFile(positionals)
    const options = values.options === undefined ? undefined : optionsText(values.options)
    const body = requestOf(await readFile(positionals[0]), options, maxJsonDepth)
    const report = (await localCall('table', body, env, terminal)) as TableReport | undefined
    if (!report) return 2
    terminal.out(values.json ? JSON.stringify(report, null, 2) : tableOfScores(report))
    return report.checks?.some(({ result }) => result !== 'pass') ? 1 : 0
  },
}

/** @throws Refusal MALFORMED_JSON, INVALID_OPTIONS */
function requestOf(source: Uint8Array, options: string | undefined, maxDepth: number): RequestBody {
  const text = decodeText(source, '')
  const isJson = /^\s*[[{]/.test(text)
  const given = isJson ? parseJson(text, maxDepth) : countsOf(text)
  const request = Array.isArray(given) ? { counts: given } : given
  if (options === undefined) return jsonBody(request)
  if (typeof request === 'object' && request !== null && 'options' in request)
    throw refuseField('INVALID_OPTIONS', '/options', 'The file has options of its own: leave out --options.')
  return jsonBody({ ...(request as object), options: parseJson(options, maxDepth, '/options') })
}

const jsonBody = (value: unknown): RequestBody => ({
  type: 'json',
  bytes: new TextEncoder().encode(JSON.stringify(value)),
})

import { parseArgs } from 'node:util'
import { Refusal } from '../problems.ts'
import type { Inspection } from '../scoring/inspect.ts'
import type { Command } from './command.ts'
import { localCall } from './local-call.ts'

const shownRows = 40

export const inspectCommand: Command = {
  usage: 'FILE [--json] [--options JSON]',
  summary: 'what is seen in one mask: format, size, labels',
  async run(args, env, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, options: { type: 'string' } },
      allowPositionals: true,
    })
    if (positionals.length !== 1) throw new Refusal('MISSING_PART', 'name one file')
    const seen = (await localCall('inspect', { mask: positionals[0] }, values.options, env, terminal)) as
      | Inspection
      | undefined
    if (!seen) return 2
    terminal.out(values.json ? JSON.stringify(seen, null, 2) : inspectionText(seen))
    return 0
  },
}

function inspectionText(seen: Inspection): string {
  const pixels = seen.width * seen.height * (seen.depth ?? 1)
  const rows = seen.histogram.slice(0, shownRows).map(([label, n]) => {
    const name = seen.names?.[label]
    return `  ${String(label).padStart(10)}  ${String(n).padStart(12)}  ${((100 * n) / pixels).toFixed(3).padStart(8)} %${name ? `  ${name}` : ''}`
  })
  const rest = seen.labels - rows.length
  return [
    `${seen.format}, ${seen.encoding}, ${seen.width}×${seen.height}${seen.depth ? `×${seen.depth}` : ''} pixels`,
    `${seen.labels} labels from ${seen.min} to ${seen.max}`,
    `labels sha256 ${seen.labels_sha256}`,
    '',
    `  ${'label'.padStart(10)}  ${'pixels'.padStart(12)}  ${'share'.padStart(10)}`,
    ...rows,
    ...(rest > 0 ? [`  … and ${rest} more; --json lists them`] : []),
    ...seen.warnings.map(({ code, message }) => `\n${code}: ${message}`),
  ].join('\n')
}

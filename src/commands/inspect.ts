import { parseArgs } from 'node:util'
import { Refusal } from '../problems/refusal.ts'
import type { Inspection } from '../scoring/inspect.ts'
import type { Command } from './command.ts'
import { inspectionTable } from './inspection-table.ts'
import { filesBody, localCall } from './local-call.ts'
import { refuseNoFile } from './refuse-no-file.ts'

export const inspectCommand: Command = {
  usage: 'FILE [--json] [--options JSON]',
  summary: 'what is seen in one mask: format, size, labels',
  details: `  --json            the answer of POST /v1/inspect
  --options FILE|JSON
                    how to read the file, e.g. '{"palette": "index"}' or '{"preset": "voc"}'`,
  async run(args, env, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, options: { type: 'string' } },
      allowPositionals: true,
    })
    if (positionals.length !== 1) throw new Refusal('MISSING_PART', 'Name one file.')
    refuseNoFile(positionals)
    const body = await filesBody([{ part: 'mask', path: positionals[0] }], values.options)
    const inspection = (await localCall('inspect', body, env, terminal)) as Inspection | undefined
    if (!inspection) return 2
    terminal.out(values.json ? JSON.stringify(inspection, null, 2) : inspectionTable(inspection))
    return 0
  },
}

import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { Refusal } from '../problems/refusal.ts'
import type { Agreement } from '../scoring/report/agreement-schema.ts'
import { agreementTable } from './agreement-table.ts'
import type { Command } from './command.ts'
import { filesBody, localCall } from './local-call.ts'
import { refuseNoFile } from './refuse-no-file.ts'

export const agreementCommand: Command = {
  usage: 'MASK MASK… [--sample FILE…] [--ground-truth FILE] [--json] [--options JSON]',
  summary: 'how far 2 to 20 annotators of one image agree',
  details: `Each MASK is one annotator's, who is called as the file.

  --ground-truth FILE          the mask that is true: each annotator against it
  --sample FILE                one of 2 to 20 predictions of a model; given for each: whether they are
                               spread as the annotators' masks are (generalised energy distance)
  --json                       the answer of POST /v1/agreement instead of a table
  --options FILE|JSON          its options, e.g. '{"ignore_labels": [255]}'

Exit code 0: they were compared; 2: bad input.`,
  async run(args, env, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        'ground-truth': { type: 'string' },
        sample: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean' },
        options: { type: 'string' },
      },
      allowPositionals: true,
    })
    if (positionals.length < 2) throw new Refusal('MISSING_PART', 'Name two or more files of one image.')
    const truth = values['ground-truth']
    refuseNoFile([...positionals, ...values.sample, ...(truth === undefined ? [] : [truth])])
    const files = [
      ...named('masks', positionals),
      ...named('samples', values.sample),
      ...(truth === undefined ? [] : [{ part: 'ground_truth', path: truth }]),
    ]
    const body = await filesBody(files, values.options)
    const agreement = (await localCall('agreement', body, env, terminal)) as Agreement | undefined
    if (!agreement) return 2
    terminal.out(values.json ? JSON.stringify(agreement, null, 2) : agreementTable(agreement))
    return 0
  },
}

/** Files of one name stand in folders that say whose they are. */
function named(part: 'masks' | 'samples', paths: readonly string[]) {
  const isUnique = new Set(paths.map((path) => basename(path))).size === paths.length
  return paths.map((path) => ({ part, path, name: isUnique ? basename(path) : path }))
}

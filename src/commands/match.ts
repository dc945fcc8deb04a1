import { parseArgs } from 'node:util'
import { visible } from '../evaluations/reports/escape.ts'
import { openDataset } from '../evaluations/sources/open-dataset.ts'
import { limitsOf } from '../limits.ts'
import { loadSettings } from '../settings/settings.ts'
import type { Command } from './command.ts'
import { evaluationOptions } from './evaluation/evaluation-options.ts'
import { matchingRows } from './evaluation/matching-table.ts'
import { datasetRequest, sourceFlags, sourceFlagsHelp } from './evaluation/source-flags.ts'

const flags = { ...sourceFlags, options: { type: 'string' }, json: { type: 'boolean' } } as const

export const matchCommand: Command = {
  usage: 'GROUND_TRUTH PREDICTION [--match RULE] [--match-gt PATTERN] [--match-pred PATTERN] [--json]',
  summary: 'which files of a dataset belong together, and why not; scores nothing',
  details: `${sourceFlagsHelp}
  --options FILE|JSON          as for evaluate; the preset of the ground truth says which files of Cityscapes count
  --json                       matching.json instead of a text

Exit code 0: every ground truth has one prediction and every prediction one ground truth; 1: not so; 2: bad input.`,
  async run(args, env, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options: flags, allowPositionals: true })
    const { scoring } = evaluationOptions(values.options, {})
    const request = datasetRequest(positionals, values, scoring)
    const { items, matching, close } = await openDataset(request, limitsOf(loadSettings(env)))
    close()
    const { rule, pairs, missing, extra, ambiguous, unreadable } = matching
    if (values.json) terminal.out(JSON.stringify(matching, null, 2))
    else
      terminal.out(
        [
          `matched ${pairs} of ${items.length + ambiguous.length} by rule "${rule}"`,
          ...matchingRows(matching),
        ]
          .map(visible)
          .join('\n'),
      )
    return pairs > 0 && [missing, extra, ambiguous, unreadable].every(({ length }) => length === 0) ? 0 : 1
  },
}

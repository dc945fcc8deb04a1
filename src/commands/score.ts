import { parseArgs } from 'node:util'
import { Refusal } from '../problems.ts'
import type { Report } from '../scoring/report.ts'
import type { Command } from './command.ts'
import { localCall } from './local-call.ts'
import { reportTable } from './report-table.ts'

export const scoreCommand: Command = {
  usage: 'GROUND_TRUTH PREDICTION [--json] [--options JSON]',
  summary: 'scores of two masks; exit code 1 when a check fails',
  async run(args, env, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, options: { type: 'string' } },
      allowPositionals: true,
    })
    const [ground_truth, prediction] = positionals
    if (positionals.length !== 2)
      throw new Refusal('MISSING_PART', 'name two files: the ground truth, then the prediction')
    const report = (await localCall('score', { ground_truth, prediction }, values.options, env, terminal)) as
      | Report
      | undefined
    if (!report) return 2
    terminal.out(values.json ? JSON.stringify(report, null, 2) : reportTable(report))
    return report.checks?.some(({ result }) => result !== 'pass') ? 1 : 0
  },
}

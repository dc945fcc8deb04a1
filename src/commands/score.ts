import { parseArgs } from 'node:util'
import { listOfFormats } from '../decoding/mask-formats.ts'
import { Refusal } from '../problems/refusal.ts'
import type { Report } from '../scoring/report/report.ts'
import type { Command } from './command.ts'
import { filesBody, localCall } from './local-call.ts'
import { refuseNoFile } from './refuse-no-file.ts'
import { reportTable } from './report-table.ts'

export const scoreCommand: Command = {
  usage: 'GROUND_TRUTH PREDICTION [--json] [--options JSON]',
  summary: 'scores of two masks; exit code 1 when a check fails',
  details: `Masks are ${listOfFormats} files, or what a labeling tool writes (JSON, XML, zip). Folders of masks are for evaluate.

  --json                       the report of POST /v1/score instead of a table
  --options FILE|JSON          its options, e.g. '{"ignore_labels": [255], "checks": [{"metric": "/mi_loss", "max": 0.1}]}'
  --ground-truth-json FILE     the JSON beside a PNG of ids (COCO panoptic, Segments.ai)
  --prediction-json FILE       the same for the prediction

Exit code 0: all checks pass, or there are none; 1: a check fails or could not be computed; 2: bad input.`,
  async run(args, env, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean' },
        options: { type: 'string' },
        'ground-truth-json': { type: 'string' },
        'prediction-json': { type: 'string' },
      },
      allowPositionals: true,
    })
    const [ground_truth, prediction] = positionals
    if (positionals.length !== 2)
      throw new Refusal('MISSING_PART', 'Name two files: the ground truth, then the prediction.')
    const { 'ground-truth-json': ground_truth_json, 'prediction-json': prediction_json } = values
    const named = { ground_truth, prediction, ground_truth_json, prediction_json }
    const files = Object.entries(named).flatMap(([part, path]) =>
      path === undefined ? [] : [{ part, path }],
    )
    refuseNoFile(files.map(({ path }) => path))
    const body = await filesBody(files, values.options)
    const report = (await localCall('score', body, env, terminal)) as Report | undefined
    if (!report) return 2
    terminal.out(values.json ? JSON.stringify(report, null, 2) : reportTable(report))
    return report.checks?.some(({ result }) => result !== 'pass') ? 1 : 0
  },
}

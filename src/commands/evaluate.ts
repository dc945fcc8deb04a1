import { isAbsolute, relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { parseCheck, runChecks } from '../evaluations/checks/checks.ts'
import { compareRuns } from '../evaluations/comparison/compare-runs.ts'
import type { Comparison } from '../evaluations/comparison/comparison.ts'
import type { Matching } from '../evaluations/matching/matching.ts'
import { refuseUnusable } from '../evaluations/matching/refuse-unusable.ts'
import type { EvaluationOptions } from '../evaluations/options.ts'
import {
  defaultFormats,
  type ReportFormat,
  reportFiles,
  reportFormats,
} from '../evaluations/reports/report-formats.ts'
import { asEmpty } from '../evaluations/rows/as-empty.ts'
import type { ItemRow } from '../evaluations/rows/item-row.ts'
import { openDataset } from '../evaluations/sources/open-dataset.ts'
import { finish } from '../evaluations/summary/finish.ts'
import type { Summary } from '../evaluations/summary/summary.ts'
import { Refusal, refuseField } from '../problems/refusal.ts'
import { classNames } from '../scoring/request/class-list.ts'
import { loadSettings, scoringContext } from '../settings/settings.ts'
import type { Command } from './command.ts'
import { datasetOptions } from './evaluation/evaluation-options.ts'
import { evaluationTable } from './evaluation/evaluation-table.ts'
import { readResults, refuseForeignFiles, writeResults } from './evaluation/results-folder.ts'
import { scoreAll } from './evaluation/score-all.ts'
import { datasetRequest, sourceFlags, sourceFlagsHelp } from './evaluation/source-flags.ts'

const otherFormats = reportFormats.filter((format) => !defaultFormats.includes(format))

export const evaluateCommand: Command = {
  usage:
    'GROUND_TRUTH PREDICTION [--options FILE|JSON] [--out DIR] [--format LIST] [--check EXPR]… [--compare DIR] [--json]',
  summary: 'scores of a whole dataset: two folders of masks; exit code 1 when a check fails',
  details: `  --options FILE|JSON          options of a pair and of a dataset, e.g. '{"classes": {"0": "road"}, "ignore_labels": [255]}'
${sourceFlagsHelp}
  --out DIR                    writes summary.json, items.ndjson, matching.json, comparison.json and reports
  --format LIST                which reports: ${defaultFormats.join(',')} (the default), also ${otherFormats.join(', ')}
  --compare DIR                the results of an earlier run on the same ground truth: this run against it
  --check EXPR                 e.g. 'mean_iou>=0.8', 'image.mi_loss<0.2', '/pooled/mi_loss<=0.3'; may be given several times
  --on-missing fail|skip|empty a ground truth without a prediction (fail)
  --on-broken fail|skip|empty  a prediction that cannot be read or has another size (fail)
  --on-extra warn|fail         a prediction without a ground truth (warn)
  --allow-failed N|P%          so many items may fail (0)
  --replicates N, --seed N     of the intervals (2000, 0)
  --json                       the summary instead of a table

Exit code 0: all items are scored and all checks pass; 1: a check fails or could not be computed; 2: bad input, or items failed.`,
  async run(args, env, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options: flags, allowPositionals: true })
    const { out, compare } = values
    const formats = formatsOf(values.format)
    const allowed = allowedFailures(values['allow-failed'] ?? '0')
    const checks = (values.check ?? []).map(parseCheck)
    const options = datasetOptions(values.options, datasetFlags(values))
    const { scoring, evaluation, labels } = options
    if (out === undefined && values.format !== undefined) throw invalid('format', 'needs --out')
    if (out !== undefined) refuseOut(out, positionals)
    const before = compare === undefined ? undefined : readResults(compare)
    const context = scoringContext(loadSettings(env))
    const request = datasetRequest(positionals, values, scoring)
    const { items, matching, close } = await openDataset(request, context.limits)
    refuseUnusable(matching)
    refuseUnmatched(matching, evaluation)
    terminal.err(`matched ${matching.pairs} of ${items.length} by rule "${matching.rule}"`)
    const { rows, joints } = await scoreAll(items, { ...options, context }, (text) => terminal.err(text))
    close()
    const run = {
      items: items.length,
      labels,
      names: classNames(scoring.classes),
      scoring,
      evaluation,
      matching: { ...matching },
    }
    const answered = finish(rows, run, joints)
    const substituted =
      answered.complete || checks.length === 0 ? answered : finish(rows.map(asEmpty), run, joints)
    const summary: Summary = { ...answered, checks: runChecks(checks, answered, substituted) }
    const comparison =
      before && compareRuns(before, { name: 'this run', summary, rows: () => rows }, evaluation)
    if (out !== undefined) writeResults(out, resultTexts(summary, rows, comparison, formats))
    if (values.json) terminal.out(JSON.stringify(summary, null, 2))
    else terminal.out(evaluationTable(summary, matching, comparison))
    const { failed, total } = summary.items
    if (failed > allowed(total)) {
      terminal.err(`${failed} of ${total} items failed, ${allowed(total)} may (--allow-failed).`)
      return 2
    }
    return summary.checks.some(({ result }) => result !== 'pass') ? 1 : 0
  },
}

const flags = {
  options: { type: 'string' },
  ...sourceFlags,
  out: { type: 'string' },
  format: { type: 'string' },
  compare: { type: 'string' },
  check: { type: 'string', multiple: true },
  'on-missing': { type: 'string' },
  'on-broken': { type: 'string' },
  'on-extra': { type: 'string' },
  'allow-failed': { type: 'string' },
  replicates: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean' },
} as const

const invalid = (flag: string, why: string) =>
  refuseField('INVALID_OPTIONS', `/${flag.replaceAll('-', '_')}`, `--${flag} ${why}.`)

const flagsOfDataset = ['on-missing', 'on-broken', 'on-extra', 'replicates', 'seed'] as const

function datasetFlags(
  values: Partial<Record<(typeof flagsOfDataset)[number], string>>,
): Record<string, unknown> {
  const given = flagsOfDataset.filter((flag) => values[flag] !== undefined)
  return Object.fromEntries(
    given.map((flag) => [
      flag.replaceAll('-', '_'),
      flag.startsWith('on-') ? values[flag] : Number(values[flag]),
    ]),
  )
}

/** Reads `html,csv`. */
function formatsOf(list: string | undefined): readonly ReportFormat[] {
  if (list === undefined) return defaultFormats
  return list.split(',').map((name) => {
    const format = reportFormats.find((known) => known === name.trim())
    if (format === undefined) throw invalid('format', `takes ${reportFormats.join(', ')}, not "${name}"`)
    return format
  })
}

/** Reads `3` or `5%`: how many of all items may fail. */
function allowedFailures(text: string): (items: number) => number {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? []
  if (number === undefined || (!percent && !/^\d+$/.test(number)))
    throw invalid('allow-failed', `is a number of items or a percentage, not "${text}"`)
  return (items) => (percent ? Math.floor((items * Number(number)) / 100) : Number(number))
}

/** Results among the masks would be masks of the next run. */
function refuseOut(out: string, sides: readonly string[]): void {
  for (const side of sides) {
    const way = relative(resolve(side), resolve(out))
    const isOutside = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
    if (!isOutside) throw invalid('out', `is a folder outside of ${side}`)
  }
  refuseForeignFiles(out)
}

const maxNamed = 20

function refuseUnmatched({ missing, extra }: Matching, { on_missing, on_extra }: EvaluationOptions): void {
  const list = (names: readonly string[]) =>
    `${names.length}: ${names.slice(0, maxNamed).join(', ')}${names.length > maxNamed ? ', …' : ''}`
  if (missing.length > 0 && on_missing === 'fail')
    throw new Refusal('PREDICTION_MISSING', `Ground truths without a prediction, ${list(missing)}.`)
  if (extra.length > 0 && on_extra === 'fail')
    throw new Refusal('PREDICTION_UNMATCHED', `Predictions without a ground truth, ${list(extra)}.`)
}

function resultTexts(
  summary: Summary,
  rows: readonly ItemRow[],
  comparison: Comparison | undefined,
  formats: readonly ReportFormat[],
): Record<string, Iterable<string>> {
  const json = (value: unknown) => [`${JSON.stringify(value, null, 2)}\n`]
  return {
    'summary.json': json(summary),
    'items.ndjson': rows.map((row) => `${JSON.stringify(row)}\n`),
    'matching.json': json(summary.matching),
    ...(comparison && { 'comparison.json': json(comparison) }),
    ...reportFiles(formats, { summary, rows: () => rows, ...(comparison && { comparison }) }),
  }
}

import { closeSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { compareRuns } from '../evaluations/comparison/compare-runs.ts'
import { refuseUnusable } from '../evaluations/matching/refuse-unusable.ts'
import { defaultFormats, reportFormats } from '../evaluations/reports/report-formats.ts'
import { finishRun } from '../evaluations/running/finish-run.ts'
import { KeptRows } from '../evaluations/running/kept-rows.ts'
import { openSpool } from '../evaluations/running/spool.ts'
import { openDataset } from '../evaluations/sources/open-dataset.ts'
import type { Summary } from '../evaluations/summary/summary.ts'
import { classNames } from '../scoring/request/class-list.ts'
import { loadSettings, scoringContext } from '../settings/settings.ts'
import { Pool } from '../workers/pool.ts'
import type { Command, ExitCode } from './command.ts'
import { type EvaluateArguments, evaluateArguments, invalidFlag } from './evaluation/arguments.ts'
import { checkResults, readBaseline } from './evaluation/check-results.ts'
import { evaluationTable } from './evaluation/evaluation-table.ts'
import { refuseUnmatched } from './evaluation/refuse-unmatched.ts'
import { readResults, refuseForeignFiles, resultFiles, writeResults } from './evaluation/results-folder.ts'
import { Interrupted, scoreManifest } from './evaluation/score-manifest.ts'
import { sourceFlagsHelp } from './evaluation/source-flags.ts'

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
  --baseline FILE|DIR          an earlier summary.json, or the results it stands in, for --max-drop
  --max-drop NAME=V            by how much a number may be worse than in the baseline; may be given several times
  --significant                a drop only fails when its interval excludes 0; needs a folder as baseline
  --on-missing fail|skip|empty a ground truth without a prediction (fail)
  --on-broken fail|skip|empty  a prediction that cannot be read or has another size (fail)
  --on-extra warn|fail         a prediction without a ground truth (warn)
  --allow-failed N|P%          so many items may fail (0)
  --intervals summary|all|none which scores get an interval (summary)
  --level L                    of the intervals (0.95)
  --replicates N, --seed N     of the intervals (2000, 0)
  --worst N                    how many of the worst items are listed (24)
  --threads N                  items scored at the same time (MASKSCORE_THREADS, else the cores)
  --progress auto|bar|plain|json|none
                               on the error stream: a bar on a screen, else a line every ten seconds
  --json                       the summary instead of a table

Exit code 0: all items are scored and all checks pass; 1: a check fails or could not be computed; 2: bad input, or items failed.`,
  async run(args, env, terminal) {
    const asked = evaluateArguments(args)
    const { scoring, evaluation, labels, out, compare, checks, drops } = asked
    if (out !== undefined) refuseOut(out, asked.sources)
    const before = compare === undefined ? undefined : readResults(compare)
    const baseline = asked.baseline === undefined ? undefined : readBaseline(asked.baseline, asked)
    const settings = loadSettings(env)
    const context = scoringContext(settings)
    const { items, matching, close } = await openDataset(asked.request, context.limits)
    refuseUnusable(matching)
    refuseUnmatched(matching, evaluation)
    terminal.err(`matched ${matching.pairs} of ${items.length} by rule "${matching.rule}"`)
    const pool = new Pool({
      threads: asked.threads ?? settings.threads,
      context,
      workerMemory: settings.workerMemory,
      stuckMs: 2 * settings.requestTimeout,
    })
    const spool = openSpool()
    const kept = new KeptRows(spool, items.length)
    try {
      await scoreManifest(items, kept, asked, pool, terminal)
      const run = {
        items: items.length,
        labels,
        names: classNames(scoring.classes),
        scoring,
        evaluation,
        matching: { ...matching },
      }
      const finish = (asEmpty: boolean) => finishRun({ rows: kept.kept(), run, runner: pool, asEmpty })
      const answered = await finish(false)
      const isChecked = checks.length + drops.length > 0
      const asEmpty = answered.complete || !isChecked ? answered : await finish(true)
      const rows = () => kept.rows()
      const summary: Summary = { ...answered, checks: checkResults(asked, answered, asEmpty, rows, baseline) }
      const comparison = before && compareRuns(before, { name: 'this run', summary, rows }, evaluation)
      if (out !== undefined) writeResults(out, resultFiles(summary, rows, comparison, asked.formats))
      if (asked.json) terminal.out(JSON.stringify(summary, null, 2))
      else terminal.out(evaluationTable(summary, matching, comparison))
      return exitCode(summary, asked, (text) => terminal.err(text))
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error
      terminal.err(error.message)
      return 2
    } finally {
      closeSync(spool)
      close()
      await pool.close()
    }
  },
}

/** Bad input wins over a failed check. */
function exitCode(
  { items: { failed, total }, checks }: Summary,
  { allowed, drops }: EvaluateArguments,
  tell: (text: string) => void,
): ExitCode {
  if (failed > allowed(total)) {
    tell(`${failed} of ${total} items failed, ${allowed(total)} may (--allow-failed).`)
    return 2
  }
  const incomparable = checks.find(({ result }) => result === 'not_comparable')
  if (drops.length > 0 && incomparable) {
    tell(`NOT_COMPARABLE: The baseline cannot be compared with: ${incomparable.detail ?? ''}`)
    return 2
  }
  return checks.some(({ result }) => result !== 'pass') ? 1 : 0
}

/** Results among the masks would be masks of the next run. */
function refuseOut(out: string, sides: readonly string[]): void {
  for (const side of sides) {
    const way = relative(resolve(side), resolve(out))
    const isOutside = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
    if (!isOutside) throw invalidFlag('out', `is a folder outside of ${side}`)
  }
  refuseForeignFiles(out)
}

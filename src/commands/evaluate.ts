import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { defaultFormats, reportFormats } from '../evaluations/reports/report-formats.ts'
import { refuseForeignFiles } from '../evaluations/running/run-folder.ts'
import { realFolder, refuseUnwritable } from '../evaluations/running/writable-folder.ts'
import { notFound } from '../evaluations/sources/not-found.ts'
import { openDataset } from '../evaluations/sources/open-dataset.ts'
import { withNamesOf } from '../evaluations/with-names-of.ts'
import { limitsOf } from '../limits.ts'
import { loadSettings, scoringContext } from '../settings/settings.ts'
import type { Command } from './command.ts'
import { type EvaluateArguments, evaluateArguments, invalidFlag } from './evaluation/arguments.ts'
import { earlierRuns } from './evaluation/earlier-runs.ts'
import { evaluateDataset } from './evaluation/evaluate-dataset.ts'
import { resultNames } from './evaluation/results-folder.ts'
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
  --images DIR                 photos named as the items, under the pictures of report.html
  --resume                     goes on with a run that was stopped, without scoring again what was scored; needs --out
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
    const { out, images } = asked
    if (out !== undefined) refuseOut(out, asked)
    if (images !== undefined && !statSync(images, { throwIfNoEntry: false })?.isDirectory())
      throw notFound('no folder', images)
    const earlier = earlierRuns(asked)
    const settings = loadSettings(env)
    const dataset = await openDataset(asked.request, limitsOf(settings))
    try {
      const named = await withNamesOf(dataset.annotations, asked, scoringContext(settings))
      return await evaluateDataset({ asked: named, dataset, earlier, settings, terminal })
    } finally {
      dataset.close()
    }
  },
}

/** Results among the masks would be masks of the next run. */
function refuseOut(out: string, { sources, compare, baseline }: EvaluateArguments): void {
  if (out === '') throw invalidFlag('out', 'names a folder')
  const place = realFolder(out)
  const real = (path: string) => (existsSync(path) ? realpathSync(path) : resolve(path))
  for (const side of sources) {
    const way = relative(real(side), place)
    const isOutside = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
    if (!isOutside) throw invalidFlag('out', `is a folder outside of ${side}`)
  }
  for (const [flag, path] of [
    ['compare', compare],
    ['baseline', baseline],
  ] as const)
    if (path !== undefined && [real(path), dirname(real(path))].includes(place))
      throw invalidFlag('out', `is another folder than that of --${flag}, whose results it would replace`)
  refuseForeignFiles(out, resultNames)
  refuseUnwritable(out)
}

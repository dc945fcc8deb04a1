import { closeSync } from 'node:fs'
import type { Matching } from '../../evaluations/matching/matching.ts'
import { refuseUnmatched } from '../../evaluations/matching/refuse-unmatched.ts'
import { refuseUnusable } from '../../evaluations/matching/refuse-unusable.ts'
import { mistakenObjects } from '../../evaluations/reports/detection-review.ts'
import { compareInThreads } from '../../evaluations/running/compare-in-threads.ts'
import { drawObjects } from '../../evaluations/running/draw-objects.ts'
import { drawWorst } from '../../evaluations/running/draw-worst.ts'
import { finishRun } from '../../evaluations/running/finish-run.ts'
import { KeptRows } from '../../evaluations/running/kept-rows.ts'
import { RunFolder } from '../../evaluations/running/run-folder.ts'
import { openSpool } from '../../evaluations/running/spool.ts'
import type { Items } from '../../evaluations/sources/item.ts'
import { listFolder } from '../../evaluations/sources/list-folder.ts'
import type { Dataset } from '../../evaluations/sources/open-dataset.ts'
import { withPhotos } from '../../evaluations/sources/with-photos.ts'
import type { Summary } from '../../evaluations/summary/summary.ts'
import { classNames } from '../../scoring/request/class-list.ts'
import { type Settings, scoringContext } from '../../settings/settings.ts'
import { Pool } from '../../workers/pool.ts'
import type { ExitCode, Terminal } from '../command.ts'
import type { EvaluateArguments } from './arguments.ts'
import { checkResults } from './check-results.ts'
import type { EarlierRuns } from './earlier-runs.ts'
import { evaluationTable } from './evaluation-table.ts'
import { exitCode } from './exit-code.ts'
import { type RunAnswer, readAnswer, resultFiles, resultNames } from './results-folder.ts'
import { runSettings } from './run-settings.ts'
import { Interrupted, scoreManifest } from './score-manifest.ts'

interface Evaluating {
  readonly asked: EvaluateArguments
  readonly dataset: Dataset
  readonly earlier: EarlierRuns
  readonly settings: Settings
  readonly terminal: Terminal
}

/** Scores a dataset, writes its results and tells them. */
export async function evaluateDataset(evaluating: Evaluating): Promise<ExitCode> {
  const { asked, dataset, earlier, settings, terminal } = evaluating
  const { items, matching } = dataset
  refuseUnusable(matching)
  refuseUnmatched(matching, asked.evaluation)
  terminal.err(`matched ${matching.pairs} of ${items.length} by rule "${matching.rule}"`)
  const { out, resume } = asked
  const folder =
    out === undefined
      ? undefined
      : new RunFolder(out, {
          items,
          resume,
          resultNames,
          settings: runSettings(asked, matching, earlier, settings),
        })
  try {
    const isFinished = folder && !folder.kept
    if (isFinished) terminal.err(`the run in ${out} is finished: this is what it answered`)
    const answer = isFinished && out !== undefined ? readAnswer(out) : await scoreDataset(evaluating, folder)
    tell(answer, matching, asked, terminal)
    return exitCode(answer.summary, asked, (text) => terminal.err(text))
  } catch (error) {
    if (!(error instanceof Interrupted)) {
      if (folder && isFull(error))
        terminal.err(`rows that were written to ${out} stay: --resume goes on with them`)
      throw error
    }
    const next =
      out === undefined ? 'nothing is kept without --out' : 'the same command with --resume goes on'
    terminal.err(`${error.message}; ${next}`)
    return 2
  } finally {
    folder?.close()
  }
}

const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EFBIG'].includes((error as NodeJS.ErrnoException).code ?? '')

async function scoreDataset(evaluating: Evaluating, folder: RunFolder | undefined): Promise<RunAnswer> {
  const { asked, dataset, earlier, settings, terminal } = evaluating
  const { matching } = dataset
  const { scoring, evaluation, labels, checks, drops } = asked
  const items = itemsToShow(evaluating)
  const pool = new Pool({
    threads: asked.threads ?? settings.threads,
    context: scoringContext(settings),
    workerMemory: settings.workerMemory,
    stuckMs: 2 * settings.requestTimeout,
  })
  const spool = folder ? undefined : openSpool()
  try {
    const kept = folder?.kept ?? new KeptRows(spool ?? -1, items.length)
    await scoreManifest(items, kept, asked, pool, terminal)
    const names = classNames(scoring.classes)
    const run = { items: items.length, labels, names, scoring, evaluation, matching: { ...matching } }
    const finish = (asEmpty: boolean) => finishRun({ rows: kept.kept(), run, runner: pool, asEmpty })
    const rows = () => kept.rows()
    const answered = await finish(false)
    const isChecked = checks.length + drops.length > 0
    const asEmpty = answered.complete || !isChecked ? answered : await finish(true)
    const results = checkResults(asked, answered, asEmpty, rows, earlier.baseline)
    const summary: Summary = { ...answered, checks: results }
    const { compared } = earlier
    const own = { name: 'this run', summary, rows }
    const comparison = compared && (await compareInThreads(compared, own, evaluation, pool))
    const answer = { summary, ...(comparison && { comparison }) }
    if (folder) {
      const isSeen = asked.formats.includes('html')
      const drawing = { items, run: { scoring }, runner: pool }
      const drawn = isSeen && {
        pictures: await drawWorst({ ...drawing, summary }),
        ...(summary.pooled.detection && {
          objectPictures: await drawObjects({ ...drawing, mistaken: mistakenObjects(rows()) }),
        }),
      }
      folder.finish(resultFiles(answer, kept, asked.formats, drawn || {}))
    }
    return answer
  } finally {
    if (spool !== undefined) closeSync(spool)
    await pool.close()
  }
}

/** The items, with their photos where these are asked for. */
function itemsToShow({ asked: { images }, dataset, settings, terminal }: Evaluating): Items {
  if (images === undefined) return dataset.items
  const { items, without } = withPhotos(dataset.items, listFolder(images, settings.maxItems))
  if (without > 0) terminal.err(`${without} of ${items.length} items have no photo in ${images}`)
  return items
}

function tell(
  { summary, comparison }: RunAnswer,
  matching: Matching,
  { json }: EvaluateArguments,
  terminal: Terminal,
): void {
  terminal.out(json ? JSON.stringify(summary, null, 2) : evaluationTable(summary, matching, comparison))
}

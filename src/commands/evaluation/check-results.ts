import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runChecks, runDropChecks } from '../../evaluations/checks/checks.ts'
import { compareRuns } from '../../evaluations/comparison/compare-runs.ts'
import type { ComparedRun } from '../../evaluations/comparison/compared-run.ts'
import type { Comparison } from '../../evaluations/comparison/comparison.ts'
import type { ItemRow } from '../../evaluations/rows/item-row.ts'
import type { CheckResult, Summary } from '../../evaluations/summary/summary.ts'
import { Refusal } from '../../problems/refusal.ts'
import { type EvaluateArguments, invalidFlag } from './arguments.ts'
import { parseSummary, readResults } from './results-folder.ts'

/** An earlier run whose numbers may not get worse. */
export interface Baseline {
  readonly summary: Summary
  /** Its rows too, when it was given as a folder. */
  readonly run?: ComparedRun
}

/**
 * @throws Refusal NOT_COMPARABLE where there is no baseline, or one that is incomplete or of another version;
 *   INVALID_OPTIONS where its rows are needed and it is a file
 */
export function readBaseline(
  path: string,
  { significant }: Pick<EvaluateArguments, 'significant'>,
): Baseline {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  if (!existsSync(isFolder ? join(path, 'summary.json') : path))
    throw new Refusal('NOT_COMPARABLE', `There is no baseline at ${JSON.stringify(path)}.`)
  if (!significant) {
    const file = isFolder ? join(path, 'summary.json') : path
    return { summary: parseSummary(readFileSync(file, 'utf8'), file) }
  }
  if (!isFolder)
    throw invalidFlag('significant', 'needs a baseline that is a folder of results, whose rows it compares')
  const run = readResults(path)
  return { summary: run.summary, run }
}

/**
 * The results of `--check` and `--max-drop`.
 * @param asEmpty the summary in which failed and skipped items count as empty predictions
 */
export function checkResults(
  { checks, drops, evaluation }: EvaluateArguments,
  summary: Summary,
  asEmpty: Summary,
  rows: () => Iterable<ItemRow>,
  baseline?: Baseline,
): CheckResult[] {
  const results = runChecks(checks, summary, asEmpty)
  if (!baseline) return results
  const significant =
    baseline.run && isNoChance(baseline.run, { name: 'this run', summary, rows }, evaluation)
  return [...results, ...runDropChecks(drops, asEmpty, baseline.summary, significant)]
}

/**
 * Says of a number whether the paired interval of its difference excludes 0. Where there is no such interval nothing speaks
 * for chance, and the answer is yes: a check that cannot tell does not pass.
 */
function isNoChance(
  before: ComparedRun,
  now: ComparedRun,
  options: EvaluateArguments['evaluation'],
): (pointer: string) => boolean {
  let intervals: Map<string, readonly [number, number] | null> | undefined
  return (pointer) => {
    intervals ??= intervalsOf(compareRuns(before, now, options), now.summary)
    const interval = intervals.get(pointer)
    return !interval || interval[0] > 0 || interval[1] < 0
  }
}

function intervalsOf({ scores, per_class }: Comparison, { pooled }: Summary) {
  const places = new Map(pooled.overlap?.per_class.map(({ label }, place) => [label, place]))
  return new Map([
    ...scores.map(({ pointer, interval }) => [pointer, interval] as const),
    ...per_class.map(
      ({ label, score, interval }) =>
        [`/pooled/overlap/per_class/${places.get(label)}/${score}`, interval] as const,
    ),
  ])
}

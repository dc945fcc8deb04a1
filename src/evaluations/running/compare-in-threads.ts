import type { TaskRunner } from '../../tasks/runner.ts'
import { type ComparisonOptions, draftComparison, finishComparison } from '../comparison/compare-runs.ts'
import type { ComparedRun } from '../comparison/compared-run.ts'
import type { Comparison } from '../comparison/comparison.ts'
import { inRanges, listsInRanges } from './in-ranges.ts'

/**
 * Run B against run A: `compareRuns`, with its resamples and exchanges shared between threads.
 * @throws Refusal NOT_COMPARABLE where ground truth or counting options differ
 */
export async function compareInThreads(
  a: ComparedRun,
  b: ComparedRun,
  options: ComparisonOptions,
  runner: TaskRunner,
): Promise<Comparison> {
  const draft = draftComparison(a, b, options)
  const { replicates } = options
  const rows = draft.task.columns.size
  const differences = await listsInRanges('differences', draft.task, { replicates, rows, runner })
  const exchanges = { replicates: draft.exchanges, rows, runner }
  const [first, ...others] = await inRanges('extremes', draft.task, exchanges)
  const extremes = first.numbers
  for (const { numbers } of others) for (let k = 0; k < extremes.length; k++) extremes[k] += numbers[k]
  return finishComparison(draft, options, differences, extremes)
}

import type { ComparedRun } from '../../evaluations/comparison/compared-run.ts'
import type { EvaluateArguments } from './arguments.ts'
import { type Baseline, readBaseline } from './check-results.ts'
import { readResults } from './results-folder.ts'

/** What a run is set against. */
export interface EarlierRuns {
  readonly compared?: ComparedRun
  readonly baseline?: Baseline
}

/** @throws Refusal of `readResults` and `readBaseline` */
export function earlierRuns(
  asked: Pick<EvaluateArguments, 'compare' | 'baseline' | 'significant'>,
): EarlierRuns {
  const { compare, baseline } = asked
  return {
    ...(compare !== undefined && { compared: readResults(compare) }),
    ...(baseline !== undefined && { baseline: readBaseline(baseline, asked) }),
  }
}

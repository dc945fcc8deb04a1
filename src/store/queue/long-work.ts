import { finishStoredRun } from '../../evaluations/running/finish-stored-run.ts'
import { planRun } from '../../evaluations/running/plan-run.ts'
import { checkReport } from '../datasets/check-report.ts'
import { rankIntervals } from '../datasets/rank-intervals.ts'
import { compareStoredRuns } from '../runs/compare-stored-runs.ts'

/** What a thread of long work can do, by name. */
export const longWork = {
  plan: planRun,
  finish: finishStoredRun,
  checkReport,
  compare: compareStoredRuns,
  ranks: rankIntervals,
}
export type LongWork = typeof longWork
export type LongWorkName = keyof LongWork

import { join } from 'node:path'
import { rankRuns } from '../../evaluations/comparison/ranks.ts'
import { readKept } from '../../evaluations/running/kept-json.ts'
import { type Plan, planName } from '../../evaluations/running/plan-run.ts'
import { comparedRun, type StoredRun } from '../runs/compare-stored-runs.ts'

export type RankInterval = readonly [low: number, high: number] | null

/**
 * The ranks of runs under resampling.
 * @param request runs that are complete, and the pointer that ranks them
 * @return for each run; null where there are fewer than five groups, or the score is not among those that are resampled
 * @throws Refusal NOT_COMPARABLE
 */
export async function rankIntervals({
  runs,
  pointer,
}: {
  readonly runs: readonly StoredRun[]
  readonly pointer: string
}): Promise<readonly RankInterval[]> {
  const { run } = readKept<Plan>(join(runs[0].folder, planName))
  const { scores } = rankRuns(runs.map(comparedRun), run.evaluation)
  const ranked = scores.find((score) => score.pointer === pointer)
  return runs.map((_, place) => ranked?.runs[place].rank_interval ?? null)
}

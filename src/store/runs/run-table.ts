import type { RunProblem } from '../../evaluations/ports/ports.ts'
import type { Refusal } from '../../problems/refusal.ts'
import type { Sql } from '../database/sql.ts'
import { activeList, type RunRow, runColumns } from './run-row.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isRunId = (id: string): boolean => uuid.test(id)

export async function runById(sql: Sql, id: string): Promise<RunRow | undefined> {
  if (!isRunId(id)) return undefined
  const [row] = await sql.query<RunRow>(`select ${runColumns} from maskscore.evaluation where id = $1`, [id])
  return row
}

/** A run that its owner began; checks of datasets are nobody's. */
export async function runOf(sql: Sql, owner: string, id: string): Promise<RunRow | undefined> {
  const row = await runById(sql, id)
  return row?.owner === owner && row.kind === 'run' ? row : undefined
}

/**
 * Ends a run that has no result, unless it has ended.
 * @return whether it was this call
 */
export async function endRun(
  sql: Sql,
  id: string,
  state: 'failed' | 'cancelled',
  problem: RunProblem | null,
  retentionMs: number,
): Promise<boolean> {
  const ended = await sql.query(
    `update maskscore.evaluation
     set state = $2, problem = $3, revision = revision + 1, finished_at = now(),
       expires_at = now() + $4 * interval '1 millisecond'
     where id = $1 and state in (${activeList}) returning id`,
    [id, state, problem && JSON.stringify(problem), retentionMs],
  )
  return ended.length > 0
}

/** Says why a run does not go on at the moment, or that nothing is in its way any more. */
export async function tellWaiting(sql: Sql, id: string, cause: RunProblem | null): Promise<void> {
  await sql.query(
    `update maskscore.evaluation set waiting = $2::json, revision = revision + 1
     where id = $1 and state in (${activeList}) and waiting::text is distinct from $2::text`,
    [id, cause && JSON.stringify(cause)],
  )
}

export const problemOf = ({ code, message, remedy, errors }: Refusal): RunProblem => ({
  code,
  detail: message,
  remedy,
  errors: errors.map(({ pointer, message: text }) => ({ pointer, message: text })),
})

import type { RunAccess } from '../../evaluations/ports/ports.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { Sql } from '../database/sql.ts'
import type { RunRow } from './run-row.ts'
import { isRunId, runById } from './run-table.ts'

/**
 * What a caller may see of a run, or of what is left of one.
 * @throws Refusal GONE where it has expired and the caller could see it
 */
export async function accessTo(sql: Sql, caller: string, id: string): Promise<RunAccess | undefined> {
  const row = await runById(sql, id)
  if (row) return row.kind === 'run' ? seenBy(sql, caller, row) : undefined
  const expired = await expiredRun(sql, id)
  if (!expired || !(await seenBy(sql, caller, expired))) return undefined
  throw new Refusal(
    'GONE',
    `The evaluation ${id} expired at ${expired.expired_at.toISOString()}, and its results were removed.`,
  ).advising('Evaluate the dataset again; the operator sets how long results are kept.')
}

type Owned = Pick<RunRow, 'owner' | 'dataset_owner' | 'dataset'>

async function expiredRun(
  sql: Sql,
  id: string,
): Promise<(Owned & { readonly expired_at: Date }) | undefined> {
  if (!isRunId(id)) return undefined
  const [row] = await sql.query<Owned & { expired_at: Date }>(
    'select owner, dataset_owner, dataset, expired_at from maskscore.expired where evaluation = $1',
    [id],
  )
  return row
}

async function seenBy(sql: Sql, caller: string, run: Owned): Promise<RunAccess | undefined> {
  if (run.dataset === null) return run.owner === caller ? { owner: caller, items: true } : undefined
  const [dataset] = await sql.query<{ items: string | null; is_member: boolean }>(
    `select settings->>'items' as items, $3 = any(submitters) as is_member
     from maskscore.dataset where owner = $1 and name = $2`,
    [run.dataset_owner, run.dataset, caller],
  )
  const isDatasetOwner = run.dataset_owner === caller
  const seen = dataset?.items ?? 'owner'
  const items = seen === 'all' || (seen === 'owner' && isDatasetOwner)
  const isSeen = run.owner === caller || isDatasetOwner || (dataset?.is_member ?? false)
  return isSeen ? { owner: run.owner, items } : undefined
}

import type { Quota } from '../../evaluations/ports/ports.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { Sql } from '../database/sql.ts'
import type { StoreLimits } from '../store-parts.ts'
import { activeList } from './run-row.ts'

/** What an owner has stored, and may. */
export async function quotaOf(
  sql: Sql,
  owner: string,
  { maxStoredBytes, maxEvaluations }: StoreLimits,
): Promise<Quota> {
  const [{ bytes, active }] = await sql.query<{ bytes: number; active: number }>(
    `select coalesce((select sum(bytes) from maskscore.blob where owner = $1), 0)::float8 as bytes,
       (select count(*)::int from maskscore.evaluation where owner = $1 and state in (${activeList})) as active`,
    [owner],
  )
  return { storedBytes: bytes, maxStoredBytes, activeRuns: active, maxActiveRuns: maxEvaluations }
}

/**
 * Within the transaction that adds a run of an owner: nobody else adds one of the same owner at a time.
 * @throws Refusal QUOTA_EXCEEDED
 */
export async function refuseBeyondQuota(
  within: Sql,
  owner: string,
  bytes: number,
  limits: StoreLimits,
): Promise<void> {
  const { activeRuns, maxActiveRuns } = await refuseBeyondStorage(within, owner, bytes, limits)
  if (activeRuns >= maxActiveRuns)
    throw new Refusal(
      'QUOTA_EXCEEDED',
      `${activeRuns} evaluations of this key have not ended, which is as many as it may have.`,
    )
}

/**
 * Within the transaction that keeps bytes of an owner: nobody else keeps any of the same owner at a time.
 * @throws Refusal QUOTA_EXCEEDED
 */
export async function refuseBeyondStorage(
  within: Sql,
  owner: string,
  bytes: number,
  limits: StoreLimits,
): Promise<Quota> {
  await within.query('select pg_advisory_xact_lock(hashtext($1))', [`maskscore ${owner}`])
  const quota = await quotaOf(within, owner, limits)
  const { storedBytes, maxStoredBytes } = quota
  if (storedBytes + bytes > maxStoredBytes)
    throw new Refusal(
      'QUOTA_EXCEEDED',
      `This key has stored ${storedBytes} bytes and may store ${maxStoredBytes}; ${bytes} more do not fit.`,
    )
  return quota
}

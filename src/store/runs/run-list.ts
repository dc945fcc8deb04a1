import type { RunList, RunState } from '../../evaluations/ports/ports.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { Sql } from '../database/sql.ts'
import { runResource, shardSums } from './run-resource.ts'
import { type RunRow, runColumns } from './run-row.ts'
import { isRunId } from './run-table.ts'

interface ListQuery {
  readonly state?: RunState | undefined
  readonly dataset?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** The runs of an owner, newest first. @throws Refusal INVALID_OPTIONS for a cursor that is none */
export async function listRuns(sql: Sql, owner: string, query: ListQuery): Promise<RunList> {
  const { state, dataset, limit } = query
  const after = query.cursor === undefined ? undefined : cursorOf(query.cursor)
  const rows = await sql.query<RunRow & { at: string }>(
    `select ${runColumns}, (extract(epoch from created_at) * 1000000)::bigint::text as at from maskscore.evaluation
     where owner = $1 and kind = 'run' and ($2::text is null or state = $2) and ($3::text is null or dataset = $3)
       and ($4::text is null
         or (created_at, id) < (timestamptz 'epoch' + $4::bigint * interval '1 microsecond', $5::uuid))
     order by created_at desc, id desc limit $6`,
    [owner, state ?? null, dataset ?? null, after?.at ?? null, after?.id ?? null, limit + 1],
  )
  const page = rows.slice(0, limit)
  const sums = await shardSums(
    sql,
    page.filter(({ finished_at }) => finished_at === null).map(({ id }) => id),
  )
  const now = new Date()
  const last = page.at(-1)
  return {
    runs: page.map((row) => runResource(row, sums.get(row.id), now)),
    ...(rows.length > limit && last && { next: Buffer.from(`${last.at} ${last.id}`).toString('base64url') }),
  }
}

function cursorOf(cursor: string): { readonly at: string; readonly id: string } {
  const text = Buffer.from(cursor, 'base64url').toString()
  // Microseconds: no text in this form is a time that the database refuses.
  const [, at, id] = /^(\d{1,16}) (\S{36})$/.exec(text) ?? []
  if (at === undefined || !isRunId(id))
    throw refuseField('INVALID_OPTIONS', '/cursor', 'The cursor is none of this list.')
  return { at, id }
}

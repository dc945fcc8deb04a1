import type { Idempotency, IdempotencyClaim, IdempotentAnswer } from '../evaluations/ports/ports.ts'
import { Refusal } from '../problems/refusal.ts'
import type { Sql } from './database/sql.ts'

const touchMs = 20_000
/** A claim that was not touched for so long belongs to a process that is no more. */
const staleSeconds = 60

/** Keys under which requests are sent again, in the database: whichever process is asked the second time knows the first. */
export class StoredIdempotency implements Idempotency {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  async begin(owner: string, key: string): Promise<IdempotentAnswer | IdempotencyClaim> {
    const claimed = await this.#sql.query(
      `insert into maskscore.idempotency(owner, key) values ($1, $2)
       on conflict (owner, key) do update set created_at = now(), alive_at = now(), fingerprint = null, evaluation = null
         where idempotency.created_at < now() - interval '24 hours'
           or (idempotency.evaluation is null and idempotency.alive_at < now() - $3 * interval '1 second')
           or (idempotency.evaluation is not null
             and not exists (select 1 from maskscore.evaluation e where e.id = idempotency.evaluation))
       returning key`,
      [owner, key, staleSeconds],
    )
    if (claimed.length > 0) return this.#claim(owner, key)
    const [known] = await this.#sql.query<{ fingerprint: string | null; evaluation: string | null }>(
      'select fingerprint, evaluation from maskscore.idempotency where owner = $1 and key = $2',
      [owner, key],
    )
    if (known?.evaluation && known.fingerprint !== null)
      return { type: 'answered', fingerprint: known.fingerprint, run: known.evaluation }
    throw new Refusal('IDEMPOTENCY_IN_PROGRESS', 'Another request with this key still arrives.')
  }

  #claim(owner: string, key: string): IdempotencyClaim {
    const unanswered = 'owner = $1 and key = $2 and evaluation is null'
    const timer = setInterval(() => {
      // A claim that cannot be touched now is touched later, or becomes stale. One that is answered needs it no more.
      this.#sql
        .query(`update maskscore.idempotency set alive_at = now() where ${unanswered} returning key`, [
          owner,
          key,
        ])
        .then((touched) => touched.length === 0 && clearInterval(timer))
        .catch(() => undefined)
    }, touchMs)
    timer.unref()
    return {
      type: 'claimed',
      giveBack: async () => {
        clearInterval(timer)
        await this.#sql.query(`delete from maskscore.idempotency where ${unanswered}`, [owner, key])
      },
    }
  }
}

/**
 * Binds a key to the run that answers it, within the transaction that adds the run: of one owner one at a time. The run that it stood
 * for may have been deleted since the call began, and another call may have begun one in its place.
 * @throws Refusal IDEMPOTENCY_IN_PROGRESS where one has
 */
export async function bindKey(
  within: Sql,
  owner: string,
  { key, fingerprint }: { readonly key: string; readonly fingerprint: string },
  run: string,
): Promise<void> {
  const bound = await within.query(
    `insert into maskscore.idempotency(owner, key, fingerprint, evaluation) values ($1, $2, $3, $4)
     on conflict (owner, key) do update set fingerprint = excluded.fingerprint, evaluation = excluded.evaluation
       where not exists (select 1 from maskscore.evaluation e where e.id = idempotency.evaluation)
     returning key`,
    [owner, key, fingerprint, run],
  )
  if (bound.length === 0)
    throw new Refusal(
      'IDEMPOTENCY_IN_PROGRESS',
      'Another call with this key has begun an evaluation meanwhile.',
    )
}

import { hash } from 'node:crypto'
import { constants, gzipSync } from 'node:zlib'
import { type HookCall, hookPerformers } from '../hooks/performers.ts'
import { Refusal } from '../problems/refusal.ts'
import { renderingPerformers } from '../rendering/performers.ts'
import type { Call } from '../scoring/call.ts'
import type { ScoringContext } from '../scoring/context.ts'
import { onFirstUse } from '../scoring/on-first-use.ts'
import { scoringPerformers } from '../scoring/performers.ts'
import type { DataPerformer, Performer, Result } from '../tasks/performer.ts'
import type { Outcome, Task } from '../tasks/task.ts'

/** Everything a worker can be asked for: each room brings its own. */
const performers: Readonly<Record<string, Performer<ScoringContext>>> = {
  ...scoringPerformers,
  ...renderingPerformers,
  ...hookPerformers,
} satisfies Record<Call | HookCall, Performer<ScoringContext>>

/** What datasets ask for is loaded when it is first asked for: a service that scores pairs does not pay for it. */
const ofRuns = onFirstUse(() => import('../evaluations/running/performers.ts'))
/** And a run on the command line does not pay for what a service answers of its items. */
const ofItems = onFirstUse(() => import('../evaluations/items/performers.ts'))

async function dataPerformer(call: string): Promise<DataPerformer<ScoringContext>> {
  const { evaluationPerformers } = await ofRuns()
  return Object.hasOwn(evaluationPerformers, call)
    ? performerOf(evaluationPerformers, call)
    : performerOf((await ofItems()).itemPerformers, call)
}

/**
 * One task, from the bytes of its request to the bytes of its answer. Expected refusals come back as data.
 *
 * @throws Error for a fault of ours: whatever a performer throws that is no `Refusal`, and a call that nobody performs
 */
export async function perform(task: Task, context: ScoringContext): Promise<Outcome> {
  const { call, body, accept, takesGzip = false } = task
  try {
    const { value, contentType, isCompressible, headers, times, facts }: Result =
      body.type === 'data'
        ? await (await dataPerformer(call))(body.value, context)
        : await performerOf(performers, call)(body, context, accept)
    const start = performance.now()
    const plain = value instanceof Uint8Array ? value : new TextEncoder().encode(JSON.stringify(value))
    const isZipped = isCompressible && takesGzip
    // The fastest level: planes of labels are mostly runs, and no other level makes much less of them.
    const bytes = isZipped ? gzipSync(plain, { level: constants.Z_BEST_SPEED }) : plain
    const etag = `"${hash('sha256', bytes, 'base64url').slice(0, 27)}"`
    const serialise = (times.serialise ?? 0) + performance.now() - start
    return {
      ok: true,
      contentType: contentType ?? 'application/json; charset=utf-8',
      body: bytes,
      ...(isCompressible && { contentEncoding: isZipped ? ('gzip' as const) : ('identity' as const) }),
      etag,
      ...(headers && { headers }),
      times: { ...times, serialise },
      facts,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ok: false, code: error.code, detail: error.message, errors: error.errors, remedy: error.remedy }
  }
}

function performerOf<Work>(all: Readonly<Record<string, Work>>, call: string): Work {
  if (!Object.hasOwn(all, call)) throw new Error(`no worker performs the call ${call}`)
  return all[call]
}

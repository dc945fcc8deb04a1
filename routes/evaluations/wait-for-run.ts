import type { FastifyReply, FastifyRequest } from 'fastify'
import { wrong } from '../../src/evaluations/items/parameters.ts'
import type { RunResource } from '../../src/evaluations/ports/ports.ts'
import { callerOf } from '../../src/plugins/evaluation-store.ts'
import { goneSignal } from '../../src/receiving/gone-signal.ts'
import { noRun, type SeenRun } from './run-of.ts'

export const isOver = ({ state }: RunResource): boolean => ['done', 'failed', 'cancelled'].includes(state)

type WaitedRun = Pick<SeenRun, 'evaluations' | 'owner' | 'id'>

/**
 * The run once it has ended, or as it is when the time is up.
 * @throws Refusal QUOTA_EXCEEDED where the caller waits too often at the same time
 */
export function waitForState(
  request: FastifyRequest,
  reply: FastifyReply,
  run: WaitedRun,
  first: RunResource,
  ms: number,
): Promise<RunResource> {
  return waiting(request, reply, ms, async (signal) => {
    let current = first
    while (!isOver(current) && !signal.aborted) {
      const { revision, state } = current
      current = (await run.evaluations.runs.changed(run.owner, run.id, { revision, state }, signal)) ?? fail()
    }
    return current
  })
}

/**
 * The run at its next change: of its state, or of anything where `revision` is the one that the caller has.
 * @throws Refusal QUOTA_EXCEEDED
 */
export function waitForChange(
  request: FastifyRequest,
  reply: FastifyReply,
  run: WaitedRun,
  first: RunResource,
  ms: number,
  ofState: boolean,
): Promise<RunResource> {
  const { revision, state } = first
  const since = { revision, ...(ofState && { state }) }
  return waiting(request, reply, ms, async (signal) => {
    return (await run.evaluations.runs.changed(run.owner, run.id, since, signal)) ?? fail()
  })
}

const fail = (): never => {
  throw noRun()
}

async function waiting(
  request: FastifyRequest,
  reply: FastifyReply,
  ms: number,
  wait: (signal: AbortSignal) => Promise<RunResource>,
): Promise<RunResource> {
  const { waitPlaces, closing, settings } = request.server
  const { socket } = request.raw
  const leave = waitPlaces.take(callerOf(request))
  try {
    // A connection that is idle for longer than any request takes is cut; this one is so because its caller waits.
    socket.setTimeout(0)
    return await wait(AbortSignal.any([goneSignal(reply), closing, AbortSignal.timeout(ms)]))
  } finally {
    socket.setTimeout(settings.requestTimeout + settings.receiveTimeout)
    leave()
  }
}

const maxWaitMs = 60_000

/** `30s`, `500ms` or `30` → milliseconds. @throws Refusal INVALID_OPTIONS */
export function waitIn(text: string): number {
  const [, number, unit] = /^(\d{1,6})(ms|s|)$/.exec(text) ?? []
  const ms = Number(number) * (unit === 'ms' ? 1 : 1000)
  if (number === undefined || ms > maxWaitMs) throw wrong('wait', 'takes a time up to 60s, as 30s')
  return ms
}

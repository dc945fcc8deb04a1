import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { RunResource } from '../../src/evaluations/ports/ports.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { callerOf } from '../../src/plugins/evaluation-store.ts'
import { goneSignal } from '../../src/receiving/gone-signal.ts'
import { onClosed } from '../../src/receiving/on-closed.ts'
import { runPath, runRefusals } from './run-contract.ts'
import { type RunRoute, resourceOf, runOf, type SeenRun } from './run-of.ts'
import { shownResource } from './shown-resource.ts'
import { isOver } from './wait-for-run.ts'

const contract: RouteContract = {
  tag: 'Evaluations',
  summary: 'The progress of an evaluation as server-sent events',
  description:
    '`state` when the state changes, `progress` at most twice a second, `done` at the end; their data is the evaluation without its summary. `deleted` is the end of one that is deleted meanwhile; its data is the `id`. What another instance deletes may be told as cancelled and `done` in its place. `id` is the revision: `Last-Event-ID` goes on behind it. A comment comes every 15 seconds. When the service shuts down, the stream ends with `retry`.',
  path: runPath,
  answer: { 'text/event-stream': {} },
  refusals: [...runRefusals, 'QUOTA_EXCEEDED'],
}

/** Between two events of progress. */
const pauseMs = 500
/** A comment keeps proxies from closing the connection. */
const commentMs = 15_000
/** A caller whose instance shuts down comes back after so long. */
const retryMs = 1000

/** Progress for callers that do not want to ask again and again. */
export function evaluationEventsRoute(app: FastifyInstance): void {
  app.get<RunRoute>(
    '/v1/evaluations/:id/events',
    { config: { contract, sameOrigin: true } },
    async (request, reply) => {
      const run = await runOf(request)
      const first = await resourceOf(run)
      const leave = app.waitPlaces.take(callerOf(request))
      onClosed(reply, leave)
      const signal = AbortSignal.any([goneSignal(reply), app.closing])
      const known = Number(request.headers['last-event-id'] ?? Number.NaN)
      const { requestTimeout, receiveTimeout } = app.settings
      // An idle connection is cut after both times together.
      const beat = Math.min(commentMs, (requestTimeout + receiveTimeout) / 3)
      const isLeaving = () => app.closing.aborted || app.lifecycle.phase !== 'ready'
      return reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(eventsOf(run, first, { known, beat, signal, isLeaving })))
    },
  )
}

interface Streaming {
  /** The revision that the caller has; NaN: none. */
  readonly known: number
  readonly beat: number
  readonly signal: AbortSignal
  readonly isLeaving: () => boolean
}

async function* eventsOf(
  run: SeenRun,
  first: RunResource,
  { known, beat, signal, isLeaving }: Streaming,
): AsyncGenerator<string> {
  let current = first
  let told: string | undefined
  yield ': maskscore\n\n'
  if (current.revision !== known || isOver(current)) yield event('state', run, current)
  told = current.state
  while (!isOver(current)) {
    if (isLeaving()) {
      yield `retry: ${retryMs}\n\n`
      return
    }
    if (signal.aborted) return
    const next = await changeOf(run, current, AbortSignal.any([signal, AbortSignal.timeout(beat)]))
    if (next === undefined) {
      // Else whoever listens could not tell it from a connection that broke.
      if (!signal.aborted) yield `event: deleted\ndata: ${JSON.stringify({ id: run.id })}\n\n`
      return
    }
    if (next.revision === current.revision) {
      yield ':\n\n'
      continue
    }
    current = next
    yield event(current.state === told ? 'progress' : 'state', run, current)
    told = current.state
    if (!isOver(current)) await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
  }
  yield event('done', run, current)
}

const changeOf = ({ evaluations, owner, id }: SeenRun, { revision }: RunResource, signal: AbortSignal) =>
  evaluations.runs.changed(owner, id, { revision }, signal)

function event(name: string, run: SeenRun, current: RunResource): string {
  const { summary: _, ...resource } = shownResource(current, run)
  return `event: ${name}\nid: ${resource.revision}\ndata: ${JSON.stringify(resource)}\n\n`
}

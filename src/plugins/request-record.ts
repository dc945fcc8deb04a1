import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { ProblemCode } from '../problems/catalogue.ts'
import { cutUnlessReceived } from '../receiving/unread-body.ts'

/** What is known about a request, for its log line and the telemetry. No content of it. */
interface RequestRecord {
  readonly startedAt: number
  /** Bytes of the body that were received. */
  bytes: number
  /** The name of the key it came with. */
  client?: string
  /** Why it was refused. */
  code?: ProblemCode
  /** Width, height, pixels and labels of what was scored. */
  facts?: Readonly<Record<string, number | undefined>>
  /** Milliseconds by stage: receive, queue, decode, count, metrics, serialise. */
  stages?: Readonly<Record<string, number>>
}

/** A request that has ended: its answer is out, or its sender is gone (status 499). */
export interface EndedRequest {
  readonly request: FastifyRequest
  readonly status: number
  readonly route: string
  readonly totalMs: number
}

type Listener = (ended: EndedRequest) => void

declare module 'fastify' {
  interface FastifyRequest {
    record: RequestRecord
  }
  interface FastifyInstance {
    /** Calls the listener once for every request that is not a probe, however it ends. */
    onRequestEnd(listener: Listener): void
  }
  interface FastifyContextConfig {
    /** A probe: neither logged nor counted. */
    quiet?: true
  }
}

/** Gives every request a record and tells the listeners when it has ended. */
export const requestRecord = fastifyPlugin(async (app) => {
  const listeners: Listener[] = []
  app.decorate('onRequestEnd', (listener) => {
    listeners.push(listener)
  })
  app.decorateRequest('record')
  app.addHook('onRequest', async (request, reply) => {
    request.record = { startedAt: performance.now(), bytes: 0 }
    const { quiet } = request.routeOptions.config
    reply.raw.once('close', () => {
      if (!request.raw.complete) cutUnlessReceived(request.raw, 2 * app.settings.receiveTimeout)
      if (quiet) return
      const ended = describe(request, reply)
      for (const listener of listeners) listener(ended)
    })
  })
})

function describe(request: FastifyRequest, reply: FastifyReply): EndedRequest {
  const isGone = !reply.raw.writableFinished
  if (isGone) request.record.code = 'CLIENT_GONE'
  return {
    request,
    status: isGone ? 499 : reply.raw.statusCode,
    // A path without a route is the caller's own text: as a label it would let telemetry grow without bound.
    route: request.routeOptions.url ?? 'none',
    totalMs: performance.now() - request.record.startedAt,
  }
}

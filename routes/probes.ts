import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { RouteContract } from '../src/openapi/route-contract.ts'

const probe = { open: true, quiet: true } as const
const alive: RouteContract = {
  tag: 'Operation',
  summary: 'Alive',
  answer: { 'application/json': { schema: z.strictObject({ status: z.literal('alive') }) } },
}
const readiness: RouteContract = {
  tag: 'Operation',
  summary: 'Ready for work',
  description: 'Needs no key, never queues and is not logged.',
  answer: {
    'application/json': {
      schema: z.strictObject({
        status: z.enum(['ready', 'warming', 'draining', 'closing', 'without workers']),
      }),
    },
  },
  also: { 503: 'Warming up, shutting down, or without workers' },
}

/** Alive, and ready: no key, no queue, no log. */
export function probeRoutes(app: FastifyInstance): void {
  app.get('/livez', { config: { ...probe, contract: alive }, logLevel: 'silent' }, async () => ({
    status: 'alive',
  }))
  app.get(
    '/readyz',
    { config: { ...probe, contract: readiness }, logLevel: 'silent' },
    async (request, reply) => {
      const { lifecycle, pool } = request.server
      const status = lifecycle.phase === 'ready' && !pool.isWhole ? 'without workers' : lifecycle.phase
      return reply.code(status === 'ready' ? 200 : 503).send({ status })
    },
  )
}

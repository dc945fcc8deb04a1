import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { RouteContract } from '../src/openapi/route-contract.ts'

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

const contract: RouteContract = {
  tag: 'Operation',
  summary: 'Free capacity',
  description: 'For clients that send many pairs and scalers that watch the queue.',
  answer: {
    'application/json': {
      schema: z.strictObject({
        workers: count,
        busy: count,
        queued: count.describe('Requests that wait for a worker'),
        queue_limit: count,
        receiving: count.describe('Requests whose body still arrives'),
      }),
      example: { workers: 2, busy: 2, queued: 1, queue_limit: 64, receiving: 3 },
    },
  },
}

/** Free capacity, for clients that send many pairs and scalers that watch the queue. */
export function capacityRoute(app: FastifyInstance): void {
  app.get('/v1/capacity', { config: { contract } }, async (request) => {
    const { pool, admitted, receiving, settings } = request.server
    const { workers, busy, abandoned } = pool.statistics
    return {
      workers,
      busy,
      queued: Math.max(0, admitted.tickets - (busy - abandoned)),
      queue_limit: settings.queueLimit,
      receiving,
    }
  })
}

import type { FastifyInstance } from 'fastify'

/** How much place there is: for clients that send many pairs and scalers that watch the queue. */
export function capacityRoute(app: FastifyInstance): void {
  app.get('/v1/capacity', async (request) => {
    const { pool, admitted, settings } = request.server
    const { workers, busy } = pool.statistics
    return {
      workers,
      busy,
      queued: Math.max(0, admitted.tickets - busy),
      queue_limit: settings.queueLimit,
    }
  })
}

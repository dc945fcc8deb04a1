import type { FastifyInstance } from 'fastify'

/** Alive, and ready: no key, no queue, no log. */
export function probeRoutes(app: FastifyInstance): void {
  const quiet = { logLevel: 'silent' } as const
  app.get('/livez', quiet, async () => ({ status: 'alive' }))
  app.get('/readyz', quiet, async (_, reply) =>
    app.isReady() ? { status: 'ready' } : reply.code(503).send({ status: 'not ready' }),
  )
}

import type { FastifyInstance } from 'fastify'

const probe = { config: { open: true, quiet: true }, logLevel: 'silent' } as const

/** Alive, and ready: no key, no queue, no log. */
export function probeRoutes(app: FastifyInstance): void {
  app.get('/livez', probe, async () => ({ status: 'alive' }))
  app.get('/readyz', probe, async (request, reply) => {
    const { lifecycle, pool } = request.server
    const status = lifecycle.phase === 'ready' && !pool.isWhole ? 'without workers' : lifecycle.phase
    return reply.code(status === 'ready' ? 200 : 503).send({ status })
  })
}

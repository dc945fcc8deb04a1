import fastifyPlugin from 'fastify-plugin'
import { Refusal } from '../problems.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Where the service is in its life; `ready` alone wants traffic. */
    readonly lifecycle: { phase: 'warming' | 'ready' | 'draining' | 'closing' }
  }
}

/**
 * The way out: from `draining` on every answer ends its connection, so that keep-alive clients look for another
 * instance and closing does not wait for them; once `closing`, new work is refused and what is inside ends.
 */
export const drain = fastifyPlugin(async (app) => {
  const lifecycle: typeof app.lifecycle = { phase: 'warming' }
  app.decorate('lifecycle', lifecycle)
  app.addHook('preClose', async () => {
    lifecycle.phase = 'closing'
  })
  app.addHook('onRequest', async (request) => {
    if (lifecycle.phase === 'closing' && !request.routeOptions.config.open)
      throw new Refusal('DRAINING', 'This instance is shutting down.')
  })
  app.addHook('onSend', async (_, reply) => {
    if (lifecycle.phase === 'draining' || lifecycle.phase === 'closing') reply.header('connection', 'close')
  })
})

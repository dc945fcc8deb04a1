import type { Socket } from 'node:net'
import fastifyPlugin from 'fastify-plugin'
import { Refusal } from '../problems/refusal.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The phase of the service. Only `ready` wants traffic. */
    readonly lifecycle: { phase: 'warming' | 'ready' | 'draining' | 'closing' }
  }
}

const sweepMs = 250

/**
 * Graceful shutdown. From `draining` on every answer closes its connection, so that keep-alive clients look for another
 * instance and closing does not wait for them. Once `closing`, new work is refused and requests in work are finished.
 */
export const drain = fastifyPlugin(async (app) => {
  const lifecycle: typeof app.lifecycle = { phase: 'warming' }
  /** Connections whose first request has not arrived completely. */
  const silent = new Set<Socket>()
  let sweep: NodeJS.Timeout | undefined
  app.decorate('lifecycle', lifecycle)
  app.server.on('connection', (socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  app.server.on('request', ({ socket }) => silent.delete(socket))

  app.addHook('preClose', async () => {
    lifecycle.phase = 'closing'
    // Closing waits for every connection. Node ends those that are idle now, but neither one that falls idle
    // later nor one that has not asked for anything, and its own timeouts no longer run.
    sweep = setInterval(() => {
      app.server.closeIdleConnections()
      for (const socket of silent) socket.destroy()
    }, sweepMs)
  })
  app.addHook('onClose', async () => clearInterval(sweep))
  app.addHook('onRequest', async (request) => {
    if (lifecycle.phase === 'closing' && !request.routeOptions.config.open)
      throw new Refusal('DRAINING', 'This instance is shutting down.')
  })
  app.addHook('onSend', async (_, reply) => {
    if (lifecycle.phase === 'draining' || lifecycle.phase === 'closing') reply.header('connection', 'close')
  })
})

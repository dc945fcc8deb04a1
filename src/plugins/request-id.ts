import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import fastifyPlugin from 'fastify-plugin'

const acceptable = /^[A-Za-z0-9_.-]{1,128}$/

/** The caller's `x-request-id` when it is harmless, else a new one. */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const id = request.headers['x-request-id']
  return typeof id === 'string' && acceptable.test(id) ? id : randomUUID()
}

/** Echoes the id of every request. */
export const requestIdPlugin = fastifyPlugin(async (app) => {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
})

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

export interface TelemetryAddress {
  readonly host: string
  readonly port: number
}

/** `/metrics` on a port of its own, which no client of the service needs to reach. */
export const telemetryPort = fastifyPlugin<TelemetryAddress>(async (app, { host, port }) => {
  const server = createServer((request, response) => {
    answer(app, request, response).catch((error: unknown) => {
      app.log.error({ err: error }, 'telemetry failed')
      response.writeHead(500).end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: boundPort } = server.address() as AddressInfo
  app.log.info({ host, port: boundPort }, 'telemetry')
  app.addHook('onClose', async () => {
    server.close()
    server.closeAllConnections()
  })
})

async function answer(
  { telemetry }: FastifyInstance,
  { method, url }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (url?.split('?', 1)[0] !== '/metrics') {
    response.writeHead(404).end()
    return
  }
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
    return
  }
  const text = await telemetry.metrics()
  response
    .writeHead(200, { 'content-type': telemetry.contentType, 'content-length': Buffer.byteLength(text) })
    .end(text)
}

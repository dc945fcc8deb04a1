import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fastifyPlugin from 'fastify-plugin'

export interface TelemetryAddress {
  readonly host: string
  readonly port: number
}

/** `/metrics` on a port of its own, which no client of the service needs to reach. */
export const telemetryPort = fastifyPlugin<TelemetryAddress>(async (app, { host, port }) => {
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' || request.url?.split('?', 1)[0] !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    const text = await app.telemetry.metrics()
    response.writeHead(200, { 'content-type': app.telemetry.contentType }).end(text)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  app.log.info({ host, port: taken }, 'telemetry')
  app.addHook('onClose', async () => {
    server.close()
    server.closeAllConnections()
  })
})

import type { FastifyInstance } from 'fastify'
import type { RouteContract } from '../src/openapi/route-contract.ts'

const contract: RouteContract = {
  tag: 'Operation',
  operationId: 'getTelemetry',
  summary: 'Telemetry in the text format of Prometheus',
  answer: { 'text/plain': {} },
}

/** What Prometheus scrapes. */
export function telemetryRoute(app: FastifyInstance): void {
  app.get('/metrics', { config: { quiet: true, contract } }, async (request, reply) => {
    const { telemetry } = request.server
    return reply.type(telemetry.contentType).send(await telemetry.metrics())
  })
}

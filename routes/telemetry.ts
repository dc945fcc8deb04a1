import type { FastifyInstance } from 'fastify'

/** What Prometheus scrapes. */
export function telemetryRoute(app: FastifyInstance): void {
  app.get('/metrics', { config: { quiet: true } }, async (request, reply) => {
    const { telemetry } = request.server
    return reply.type(telemetry.contentType).send(await telemetry.metrics())
  })
}

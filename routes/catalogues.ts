import type { FastifyInstance } from 'fastify'
import { formatsCatalogue, metricsCatalogue } from '../src/scoring/contract.ts'

/** What the numbers mean, and what files are read: fixed lists, serialised once. */
export function catalogueRoutes(app: FastifyInstance): void {
  for (const [url, list] of [
    ['/v1/metrics', metricsCatalogue],
    ['/v1/formats', formatsCatalogue],
  ] as const) {
    const body = JSON.stringify(list)
    app.get(url, (_, reply) => reply.type('application/json; charset=utf-8').send(body))
  }
}

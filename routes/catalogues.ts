import type { FastifyInstance } from 'fastify'
import {
  formatsCatalogue,
  formatsSchema,
  metricsCatalogue,
  metricsCatalogueSchema,
} from '../src/scoring/contract/contract.ts'

const catalogues = [
  {
    url: '/v1/metrics',
    summary: 'What the numbers of a report mean',
    list: metricsCatalogue,
    schema: metricsCatalogueSchema,
  },
  {
    url: '/v1/formats',
    summary: 'Which files are read, with their options and presets',
    list: formatsCatalogue,
    schema: formatsSchema,
  },
]

/** What the numbers mean, and what files are read: fixed lists, serialised once. */
export function catalogueRoutes(app: FastifyInstance): void {
  for (const { url, summary, list, schema } of catalogues) {
    const body = JSON.stringify(list)
    const answer = { 'application/json': { schema } }
    app.get(url, { config: { contract: { tag: 'Reference', summary, answer } } }, (_, reply) =>
      reply.type('application/json; charset=utf-8').send(body),
    )
  }
}

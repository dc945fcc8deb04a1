import type { FastifyInstance } from 'fastify'
import { deliveriesSchema } from '../../src/hooks/hooks.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'

const contract: RouteContract = {
  tag: 'Labeling tools',
  summary: 'What became of the last 100 events of labeling tools',
  description: 'Newest first; held in memory.',
  answer: { 'application/json': { schema: deliveriesSchema } },
}

/** Where to look what came of an event. */
export function deliveriesRoute(app: FastifyInstance): void {
  app.get('/v1/hooks/deliveries', { config: { contract } }, async () => ({
    deliveries: await app.hooks.deliveries(),
  }))
}

import type { FastifyInstance } from 'fastify'
import type { WebhookContract } from '../../src/hooks/tool.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { receiveHook } from '../../src/receiving/receive-hook.ts'
import { closeUnlessReceived } from '../../src/receiving/unread-body.ts'

/** The webhook of every labeling tool. They ask for secrets of their own, not for the service's keys. */
export function webhookRoutes(app: FastifyInstance): void {
  for (const { contract, hook } of app.hooks.webhooks)
    app.post(
      contract.url,
      {
        config: { open: true, contract: routeContract(contract) },
        onRequest: async ({ headers }) => hook.admit(headers),
      },
      async (request, reply) => {
        const { headers, record } = request
        const read = (maxBytes?: number) => receiveHook(request, reply, maxBytes)
        const { status, text } = await hook.receive({ headers, startedAt: record.startedAt, read })
        closeUnlessReceived(request, reply, false)
        return reply.code(status).type('application/json; charset=utf-8').send(text)
      },
    )
}

function routeContract({
  summary,
  description,
  secret,
  body,
  answer,
  also,
  refusals,
}: WebhookContract): RouteContract {
  return {
    tag: 'Labeling tools',
    summary,
    description,
    secret,
    body,
    answer: { 'application/json': { schema: answer } },
    also,
    refusals: ['UNAUTHENTICATED', 'FORBIDDEN', 'RECEIVE_TIMEOUT', ...refusals],
  }
}

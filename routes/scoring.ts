import type { FastifyInstance } from 'fastify'
import type { RouteContract } from '../src/openapi/route-contract.ts'
import { workerCall } from '../src/plugins/worker-call.ts'
import type { Call } from '../src/scoring/call.ts'
import { type CallContract, contract } from '../src/scoring/contract/contract.ts'

/** The POST calls under /v1, one for each call of the scoring contract; a worker does the rest. */
export function scoringRoutes(app: FastifyInstance): void {
  for (const [call, terms] of Object.entries(contract) as [Call, CallContract][])
    workerCall(app, { url: `/v1/${call}`, call, contract: routeContract(terms) })
}

function routeContract(terms: CallContract): RouteContract {
  const { summary, description, options, request, parts, answer, bytes, describedBy, refusals, example } =
    terms
  const described = Object.entries(parts ?? {}).map(([name, part]) => [
    name,
    { ...part, ...(name === 'options' && { schema: options, example: optionsIn(example.request) }) },
  ])
  return {
    tag: 'Scoring',
    summary,
    description,
    body: {
      json: request,
      example: example.request,
      ...(parts && { parts: Object.fromEntries(described) }),
    },
    answer: {
      ...(bytes && { [bytes]: {} }),
      'application/json': { schema: answer, example: example.answer },
    },
    ...(describedBy && { describedBy }),
    refusals,
  }
}

const optionsIn = (request: unknown): unknown => (request as { options?: unknown }).options ?? {}

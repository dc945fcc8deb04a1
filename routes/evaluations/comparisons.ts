import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { labelIn, onlyParameters, wholeNumber, wrong } from '../../src/evaluations/items/parameters.ts'
import type { ComparedScore } from '../../src/evaluations/items/performers.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { askThread, sendBytes } from './ask-thread.ts'
import { bothRuns, comparableRuns } from './compared-runs.ts'
import { json } from './evaluation-items.ts'
import { filesRefusals, runPath } from './run-contract.ts'
import { noRun, type RunRoute } from './run-of.ts'

const refusals = [...filesRefusals, 'NOT_COMPARABLE'] as const
const withQuery = {
  with: {
    description: 'Id of the evaluation A that this one, B, is set against',
    schema: z.string(),
    required: true,
  },
} as const
const scoreQuery = {
  ...withQuery,
  score: {
    description: 'A score of items, or `iou` or `dice` of `class`',
    schema: z.string().default('mi_loss'),
  },
  class: { description: 'The class whose `iou` or `dice` it is', schema: z.int() },
} as const
const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

const whole: RouteContract = {
  tag: 'Evaluations',
  summary: 'One evaluation against another on the same ground truth',
  description: 'As `comparison.json` of the command line. Differences are B − A.',
  path: runPath,
  query: withQuery,
  answer: {
    'application/json': {
      schema: z
        .looseObject({
          items: z.looseObject({ both: count }),
          scores: z.array(z.looseObject({ pointer: z.string(), delta: z.number().nullable() })),
        })
        .meta({ id: 'Comparison' }),
    },
  },
  refusals,
}

const items: RouteContract = {
  tag: 'Evaluations',
  summary: 'Items by how a score differs between two evaluations, what got worse most first',
  path: runPath,
  query: {
    ...scoreQuery,
    sort: { description: 'Only `delta`', schema: z.enum(['delta']).default('delta') },
    offset: { description: 'Items that are passed over', schema: count.default(0) },
    limit: { description: 'Items of a page', schema: z.int().min(1).max(1000).default(100) },
  },
  answer: {
    'application/json': {
      schema: z.strictObject({
        items: z.array(
          z.strictObject({ index: count, key: z.string(), a: z.number(), b: z.number(), delta: z.number() }),
        ),
        score: z.string(),
        total: count.describe('Items that both evaluations have a value of'),
        next: count.nullable().describe('`offset` of the next page; null on the last'),
      }),
    },
  },
  refusals,
}

const scatter: RouteContract = {
  tag: 'Evaluations',
  summary: 'A score of two evaluations, item by item',
  description:
    'Up to 10,000 items a point each; beyond that how many lie in each cell of a grid of 100 × 100.',
  path: runPath,
  query: scoreQuery,
  answer: {
    'application/json': {
      schema: z.discriminatedUnion('type', [
        z.strictObject({
          score: z.string(),
          type: z.literal('points'),
          points: z.array(z.tuple([count, z.number(), z.number()])).describe('[index, A, B]'),
        }),
        z.strictObject({
          score: z.string(),
          type: z.literal('bins'),
          low: z.number(),
          high: z.number(),
          size: count.describe('Cells of a side'),
          cells: z.array(z.tuple([count, count, count])).describe('[column (A), row (B), items]'),
        }),
      ]),
    },
  },
  refusals,
}

/** Two runs side by side. */
export function comparisonRoutes(app: FastifyInstance): void {
  const config = { sameOrigin: true } as const
  const url = '/v1/evaluations/:id/comparison'
  app.get<RunRoute>(url, { config: { ...config, contract: whole } }, async (request) => {
    onlyParameters(request.query, ['with'])
    const { a, b } = await bothRuns(request)
    const comparison = await b.evaluations.runs.comparison(b.owner, a.id, b.id)
    if (!comparison) throw noRun()
    return comparison
  })
  app.get<RunRoute>(`${url}/items`, { config: { ...config, contract: items } }, async (request, reply) => {
    const { query } = request
    onlyParameters(query, ['with', 'score', 'class', 'sort', 'offset', 'limit'])
    if (query.sort !== undefined && query.sort !== 'delta') throw wrong('sort', 'takes delta')
    const offset = wholeNumber(query, 'offset', 0, { min: 0, max: 1e9 })
    const limit = wholeNumber(query, 'limit', 100, { min: 1, max: 1000 })
    const { task, list } = await comparedScore(request)
    const { items } = await app.itemViews.get(list, 'compared_view', task)
    const end = Math.min(offset + limit, items.length)
    const page = { score: task.score, total: items.length, next: end < items.length ? end : null }
    return send(request, reply, 'compared_page', { ...task, items: items.slice(offset, end), page })
  })
  app.get<RunRoute>(
    `${url}/scatter`,
    { config: { ...config, contract: scatter } },
    async (request, reply) => {
      onlyParameters(request.query, ['with', 'score', 'class'])
      return send(request, reply, 'scatter', (await comparedScore(request)).task)
    },
  )
}

const send = async (
  request: FastifyRequest,
  reply: FastifyReply,
  ...[call, task]: Parameters<typeof askThread> extends [unknown, unknown, ...infer Rest] ? Rest : never
): Promise<FastifyReply> => sendBytes(reply, await askThread(request, reply, call, task), json)

/** @throws Refusal NOT_COMPARABLE where the items of the runs are not the same ones */
async function comparedScore(
  request: FastifyRequest<RunRoute>,
): Promise<{ task: ComparedScore; list: string }> {
  const label = labelIn(request.query)
  const { a, b } = await comparableRuns(request)
  const task = {
    a: a.files.folder,
    b: b.files.folder,
    score: request.query.score ?? 'mi_loss',
    ...(label !== undefined && { label }),
  }
  return { task, list: JSON.stringify([a.run.id, b.run.id, task.score, label]) }
}

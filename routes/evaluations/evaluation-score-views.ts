import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { labelIn, onlyParameters, wholeNumber } from '../../src/evaluations/items/parameters.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { askThread, sendBytes } from './ask-thread.ts'
import { json } from './evaluation-items.ts'
import { filesRefusals, runPath } from './run-contract.ts'
import { finishedRun, itemsOf, type RunRoute } from './run-of.ts'

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

const histogram: RouteContract = {
  tag: 'Evaluations',
  summary: 'How a score is spread over the items',
  description:
    'Equal bins over the range of the score where it is bounded on both sides, else over that of its values. A value on an edge belongs to the bin above it.',
  path: runPath,
  query: {
    score: {
      description: 'A score of items, or `iou` or `dice` of `class`',
      schema: z.string().default('mi_loss'),
    },
    bins: { description: 'Number of bins', schema: z.int().min(1).max(1000).default(40) },
    class: { description: 'The class whose `iou` or `dice` it is', schema: z.int() },
  },
  answer: {
    'application/json': {
      schema: z
        .strictObject({
          score: z.string(),
          low: z.number().nullable().describe('Lower end of the first bin; null where no item has a value'),
          high: z.number().nullable().describe('Upper end of the last bin'),
          counts: z.array(count),
          undefined: count.describe('Items without a value'),
        })
        .meta({ id: 'Histogram' }),
    },
  },
  refusals: filesRefusals,
}

const confusion: RouteContract = {
  tag: 'Evaluations',
  summary: 'Which class was taken for which, in pixels over all items',
  description: 'null where labels are no classes.',
  path: runPath,
  answer: {
    'application/json': {
      schema: z
        .strictObject({
          pixels: count,
          names: z.record(z.string(), z.string()),
          triples: z
            .array(z.tuple([z.number().nullable(), z.number().nullable(), count]))
            .describe(
              '[ground truth, prediction, pixels], most pixels first; null is every label that is no class',
            ),
          truncated: count.describe('Triples with fewer pixels that are not listed'),
          reason: z.enum(['joint_not_kept', 'too_many_classes']).optional(),
        })
        .nullable()
        .meta({ id: 'Confusion' }),
    },
  },
  refusals: filesRefusals,
}

/** Histogram and confusion of a finished run. */
export function evaluationScoreViewRoutes(app: FastifyInstance): void {
  const config = { sameOrigin: true } as const
  app.get<RunRoute>(
    '/v1/evaluations/:id/histogram',
    { config: { ...config, contract: histogram } },
    async (request, reply) => {
      const { query } = request
      onlyParameters(query, ['score', 'bins', 'class'])
      const bins = wholeNumber(query, 'bins', 40, { min: 1, max: 1000 })
      const label = labelIn(query)
      const { folder } = (await finishedRun(await itemsOf(request))).files
      const task = { folder, score: query.score ?? 'mi_loss', bins, ...(label !== undefined && { label }) }
      return sendBytes(reply, await askThread(request, reply, 'item_histogram', task), json)
    },
  )
  app.get<RunRoute>(
    '/v1/evaluations/:id/confusion',
    { config: { ...config, contract: confusion } },
    async (request, reply) => {
      onlyParameters(request.query, [])
      const { folder } = (await finishedRun(await itemsOf(request))).files
      return sendBytes(reply, await askThread(request, reply, 'item_confusion', { folder }), json)
    },
  )
}

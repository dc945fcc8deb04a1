import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  onlyParameters,
  type Query,
  wholeNumber,
  words,
  wrong,
} from '../../src/evaluations/items/parameters.ts'
import type { ItemMasks } from '../../src/evaluations/items/scored-again.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { sendAnswer } from '../../src/plugins/send-answer.ts'
import { itemPlaneNames, type View } from '../../src/scoring/planes/options.ts'
import { labelPlanesSchema } from '../../src/scoring/planes/planes-json.ts'
import { askThread } from './ask-thread.ts'
import { comparableRuns } from './compared-runs.ts'
import type { ItemRoute } from './evaluation-items.ts'
import { masksOf, masksRefusals, matchIn, matchParameter } from './item-masks.ts'
import { itemPath } from './run-contract.ts'

const maxLevel = 15

const contract: RouteContract = {
  tag: 'Evaluations',
  summary: 'The labels of one item, as planes of numbers',
  description:
    'As `POST /v1/labels` answers them: one `.npy` of shape (planes, height, width), compressed for callers who take gzip; with `Accept: application/json` the same as JSON. `planes=ground_truth` is also answered where there is no prediction, or one that cannot be read.',
  path: itemPath,
  query: {
    planes: {
      description:
        'Names, with commas between them; `loss` is asked for alone. `change`: how pixels changed from the evaluation `with` to this one, 0 right in both, 1 got worse, 2 got better, 3 wrong in both, 4 ignored; of a block the lowest of 1, 2, 3 that it has',
      schema: z.string().default('ground_truth,prediction'),
      example: 'ground_truth,prediction,difference',
    },
    region: { description: '`x,y,width,height` in pixels of the masks; default: all', schema: z.string() },
    level: {
      description: 'Every 2^level-th row and column',
      schema: z.int().min(0).max(maxLevel).default(0),
    },
    match: matchParameter,
    with: { description: 'Of `change`: id of the evaluation before', schema: z.string() },
  },
  answer: {
    'application/x-npy': {},
    'application/json': { schema: labelPlanesSchema },
  },
  refusals: [...masksRefusals, 'NOT_COMPARABLE'],
}

export function itemLabelsRoute(app: FastifyInstance): void {
  app.get<ItemRoute>(
    '/v1/evaluations/:id/items/:index/labels',
    { config: { sameOrigin: true, contract } },
    async (request, reply) => {
      const { query, headers } = request
      onlyParameters(query, ['planes', 'region', 'level', 'match', 'with'])
      const planes = words(query, 'planes', itemPlaneNames) ?? ['ground_truth', 'prediction']
      const region = regionIn(query)
      const level = wholeNumber(query, 'level', 0, { min: 0, max: maxLevel })
      const { masks, files } = await masksOf(request, reply)
      const { accept } = headers
      const before = planes.includes('change') ? await masksBefore(request, reply) : undefined
      if (!before && query.with !== undefined) throw wrong('with', 'is about the plane `change`')
      const asked = { ...masks, planes, view: { region, level }, match: matchIn(request, files) }
      const task = { ...asked, ...(before && { before }), ...(accept && { accept }) }
      return sendAnswer(request, reply, await askThread(request, reply, 'item_labels', task))
    },
  )
}

/** The masks of the item in the evaluation that is compared with. @throws Refusal NOT_COMPARABLE */
async function masksBefore(request: FastifyRequest<ItemRoute>, reply: FastifyReply): Promise<ItemMasks> {
  const { a } = await comparableRuns(request)
  return (await masksOf(request, reply, a.run)).masks
}

/** @throws Refusal INVALID_OPTIONS */
function regionIn({ region: text }: Query): View['region'] {
  if (text === undefined) return undefined
  const [x, y, width, height, ...more] = text
    .split(',', 5)
    .map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : -1))
  if (more.length > 0 || !(x >= 0 && y >= 0 && width > 0 && height > 0))
    throw wrong('region', 'is written as x,y,width,height')
  return [x, y, width, height]
}

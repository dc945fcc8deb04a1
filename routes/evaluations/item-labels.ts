import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  onlyParameters,
  type Query,
  wholeNumber,
  words,
  wrong,
} from '../../src/evaluations/items/parameters.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { sendAnswer } from '../../src/plugins/send-answer.ts'
import { planeNames, type View } from '../../src/scoring/planes/options.ts'
import { labelPlanesSchema } from '../../src/scoring/planes/planes-json.ts'
import { askThread } from './ask-thread.ts'
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
      description: 'Names, with commas between them; `loss` is asked for alone',
      schema: z.string().default('ground_truth,prediction'),
      example: 'ground_truth,prediction,difference',
    },
    region: { description: '`x,y,width,height` in pixels of the masks; default: all', schema: z.string() },
    level: {
      description: 'Every 2^level-th row and column',
      schema: z.int().min(0).max(maxLevel).default(0),
    },
    match: matchParameter,
  },
  answer: {
    'application/x-npy': {},
    'application/json': { schema: labelPlanesSchema },
  },
  refusals: masksRefusals,
}

export function itemLabelsRoute(app: FastifyInstance): void {
  app.get<ItemRoute>(
    '/v1/evaluations/:id/items/:index/labels',
    { config: { sameOrigin: true, contract } },
    async (request, reply) => {
      const { query, headers } = request
      onlyParameters(query, ['planes', 'region', 'level', 'match'])
      const planes = words(query, 'planes', planeNames) ?? ['ground_truth', 'prediction']
      const region = regionIn(query)
      const level = wholeNumber(query, 'level', 0, { min: 0, max: maxLevel })
      const { masks, files } = await masksOf(request, reply)
      const { accept } = headers
      const asked = { ...masks, planes, view: { region, level }, match: matchIn(request, files) }
      const task = { ...asked, ...(accept && { accept }) }
      return sendAnswer(request, reply, await askThread(request, reply, 'item_labels', task))
    },
  )
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

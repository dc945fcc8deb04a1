import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { onlyParameters, wholeNumber, word } from '../../src/evaluations/items/parameters.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { sendAnswer } from '../../src/plugins/send-answer.ts'
import { askThread, sendBytes } from './ask-thread.ts'
import { type ItemRoute, json } from './evaluation-items.ts'
import { masksOf, masksRefusals, matchIn, matchParameter } from './item-masks.ts'
import { itemPath } from './run-contract.ts'

const maxSide = 8192
/** Of a JPEG. */
const maxJpegSide = 65_535
/** As the options of a pair have it. */
const maxSegments = 100_000
const extras = ['contingency'] as const
const modes = ['difference', 'segments', 'loss'] as const

const overlay: RouteContract = {
  tag: 'Evaluations',
  summary: 'Where the masks of one item differ, as a PNG',
  path: itemPath,
  query: {
    mode: {
      description:
        '"segments" paints ground-truth segments by their share of the loss, the default where labels are objects; "loss" each pixel by its loss in bits',
      schema: z.enum(modes),
    },
    match: matchParameter,
    size: {
      description: 'Most pixels of the longer side',
      schema: z.int().min(16).max(maxSide).default(1024),
    },
  },
  answer: { 'image/png': {} },
  refusals: masksRefusals,
}

const photo: RouteContract = {
  tag: 'Evaluations',
  summary: 'The photo of one item, as a JPEG',
  description:
    'Of the `images` that were sent with the evaluation: upright and in sRGB, pixel for pixel as the masks.',
  path: itemPath,
  query: {
    size: {
      description: 'Most pixels of the longer side',
      schema: z.int().min(16).max(maxJpegSide).default(maxJpegSide),
    },
  },
  answer: { 'image/jpeg': {} },
  refusals: masksRefusals,
}

const report: RouteContract = {
  tag: 'Evaluations',
  summary: 'The report of one item as a pair, computed again',
  path: itemPath,
  query: {
    segments: {
      description:
        'How many segments are listed by their share of the loss; default: as the options of the evaluation say',
      schema: z.int().min(1).max(maxSegments),
    },
    include: {
      description:
        'An extra beside those of the evaluation: how labels meet, as triples of ground truth, prediction and pixels',
      schema: z.enum(extras),
    },
  },
  answer: { 'application/json': { schema: z.looseObject({ mi_loss: z.number().nullable() }) } },
  refusals: masksRefusals,
}

/** What needs the masks of an item once more. */
export function itemPictureRoutes(app: FastifyInstance): void {
  const config = { sameOrigin: true } as const
  const url = '/v1/evaluations/:id/items/:index'
  app.get<ItemRoute>(
    `${url}/overlay`,
    { config: { ...config, contract: overlay } },
    async (request, reply) => {
      onlyParameters(request.query, ['mode', 'match', 'size'])
      const size = wholeNumber(request.query, 'size', 1024, { min: 16, max: maxSide })
      const { masks, files } = await masksOf(request, reply)
      const mode =
        word(request.query, 'mode', modes) ?? (files.run.labels === 'objects' ? 'segments' : 'difference')
      const picture = await askThread(request, reply, 'item_picture', {
        ...masks,
        mode,
        match: matchIn(request, files),
        maxSide: size,
      })
      return sendBytes(reply, picture, 'image/png')
    },
  )
  app.get<ItemRoute>(`${url}/image`, { config: { ...config, contract: photo } }, async (request, reply) => {
    onlyParameters(request.query, ['size'])
    const maxSide = wholeNumber(request.query, 'size', maxJpegSide, { min: 16, max: maxJpegSide })
    const { masks, row } = await masksOf(request, reply)
    const { width, height } = row
    const task = { item: masks.item, size: { width, height }, maxSide }
    return sendAnswer(request, reply, await askThread(request, reply, 'item_photo', task))
  })
  app.get<ItemRoute>(`${url}/report`, { config: { ...config, contract: report } }, async (request, reply) => {
    onlyParameters(request.query, ['segments', 'include'])
    const segments = wholeNumber(request.query, 'segments', 0, { min: 1, max: maxSegments })
    const include = word(request.query, 'include', extras)
    const { masks } = await masksOf(request, reply)
    const task = { ...masks, ...(segments > 0 && { segments }), ...(include && { include: [include] }) }
    return sendBytes(reply, await askThread(request, reply, 'item_report', task), json)
  })
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { wrong } from '../../src/evaluations/items/item-query.ts'
import type { ItemMasks } from '../../src/evaluations/items/scored-again.ts'
import type { RunFiles } from '../../src/evaluations/ports/ports.ts'
import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { Refusal } from '../../src/problems/refusal.ts'
import { maskRefusals } from '../../src/scoring/contract/call-refusals.ts'
import { askThread, sendBytes } from './ask-thread.ts'
import { type ItemRoute, indexOf, json } from './evaluation-items.ts'
import { onlyParameters, wholeNumber } from './query.ts'
import { filesRefusals, itemPath } from './run-contract.ts'
import { filesOf, itemsOf } from './run-of.ts'

const maxSide = 8192
const modes = ['difference', 'segments'] as const
const refusals = [
  ...filesRefusals,
  ...maskRefusals,
  'SOURCE_CHANGED',
  'PREDICTION_MISSING',
  'UNREADABLE_FILE',
  'INPUT_TOO_LARGE',
] as const

const overlay: RouteContract = {
  tag: 'Evaluations',
  summary: 'Where the masks of one item differ, as a PNG',
  path: itemPath,
  query: {
    mode: {
      description:
        '"segments" paints ground-truth segments by their share of the loss; the default where labels are objects',
      schema: z.enum(modes),
    },
    size: {
      description: 'Most pixels of the longer side',
      schema: z.int().min(16).max(maxSide).default(1024),
    },
  },
  answer: { 'image/png': {} },
  refusals,
}

const report: RouteContract = {
  tag: 'Evaluations',
  summary: 'The report of one item as a pair, computed again',
  path: itemPath,
  answer: { 'application/json': { schema: z.looseObject({ mi_loss: z.number().nullable() }) } },
  refusals,
}

/** What needs the masks of an item once more. */
export function itemPictureRoutes(app: FastifyInstance): void {
  const config = { sameOrigin: true } as const
  const url = '/v1/evaluations/:id/items/:index'
  app.get<ItemRoute>(
    `${url}/overlay`,
    { config: { ...config, contract: overlay } },
    async (request, reply) => {
      onlyParameters(request.query, ['mode', 'size'])
      const size = wholeNumber(request.query, 'size', 1024, { min: 16, max: maxSide })
      const { masks, files } = await masksOf(request, reply)
      const mode = modeIn(request.query.mode) ?? (files.run.labels === 'objects' ? 'segments' : 'difference')
      const picture = await askThread(request, reply, 'item_picture', { ...masks, mode, maxSide: size })
      return sendBytes(reply, picture, 'image/png')
    },
  )
  app.get<ItemRoute>(`${url}/report`, { config: { ...config, contract: report } }, async (request, reply) => {
    onlyParameters(request.query, [])
    const { masks } = await masksOf(request, reply)
    return sendBytes(reply, await askThread(request, reply, 'item_report', masks), json)
  })
}

async function masksOf(
  request: FastifyRequest<ItemRoute>,
  reply: FastifyReply,
): Promise<{ masks: ItemMasks; files: RunFiles }> {
  const index = indexOf(request)
  const run = await itemsOf(request)
  const files = await filesOf(run)
  const item = await run.evaluations.runs.item(run.owner, run.id, index)
  if (!item) throw new Refusal('NOT_FOUND', `The evaluation has no item ${index}.`)
  const { body } = await askThread(request, reply, 'item_row', { files: files.rows, index })
  const { sha256 }: ItemRow = JSON.parse(Buffer.from(body).toString())
  return { masks: { item, run: { scoring: files.run.scoring }, sha256 }, files }
}

function modeIn(text: string | undefined): (typeof modes)[number] | undefined {
  if (text === undefined) return undefined
  const mode = modes.find((known) => known === text)
  if (!mode) throw wrong('mode', `takes ${modes.join(', ')}`)
  return mode
}

import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { cursorOf, positionOf } from '../../src/evaluations/items/cursor.ts'
import type { LineFormat } from '../../src/evaluations/items/item-answers.ts'
import { type ItemQuery, parseItemQuery, queryParameters } from '../../src/evaluations/items/item-query.ts'
import { askForItems } from '../../src/evaluations/items/item-views.ts'
import { onlyParameters, wholeNumber, wrong } from '../../src/evaluations/items/parameters.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { Refusal } from '../../src/problems/refusal.ts'
import { goneSignal } from '../../src/receiving/gone-signal.ts'
import { askThread, sendBytes } from './ask-thread.ts'
import { itemListSchema, itemParameters, itemSchema } from './item-schema.ts'
import { filesRefusals, itemPath, runPath } from './run-contract.ts'
import { filesOf, finishedRun, itemsOf, type RunRoute, resourceOf, type SeenRun } from './run-of.ts'

export const json = 'application/json; charset=utf-8'
const lineTypes: Readonly<Record<LineFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
}
/** Rows that a thread reads at a time for a stream. */
const rowsAtOnce = 2000

const list: RouteContract = {
  tag: 'Evaluations',
  summary: 'Items of an evaluation, by page',
  description:
    'Ordered and filtered; items without a value come last. Rows are those of `items.ndjson` without joint tables. As CSV or NDJSON (by `Accept`) all items are streamed, not one page. While the evaluation goes on, the rows that are there come by index, without filters.',
  path: runPath,
  query: itemParameters,
  answer: { 'application/json': { schema: itemListSchema }, 'text/csv': {}, 'application/x-ndjson': {} },
  refusals: filesRefusals,
}

const single: RouteContract = {
  tag: 'Evaluations',
  summary: 'The row of one item',
  path: itemPath,
  answer: { 'application/json': { schema: itemSchema } },
  refusals: filesRefusals,
}

/** Rows of a run, by page or one by one. */
export function evaluationItemRoutes(app: FastifyInstance): void {
  const config = { sameOrigin: true } as const
  app.get<RunRoute>(
    '/v1/evaluations/:id/items',
    { config: { ...config, contract: list } },
    async (request, reply) => {
      const run = await itemsOf(request)
      const query = parseItemQuery(request.query, ['limit', 'cursor', 'at'])
      const format = lineFormatOf(request.headers.accept)
      const { state } = await resourceOf(run)
      if (state !== 'done') return soFar(request, reply, run, query)
      return format ? sendLines(request, reply, run, query, format) : sendPage(request, reply, run, query)
    },
  )
  app.get<ItemRoute>(
    '/v1/evaluations/:id/items/:index',
    { config: { ...config, contract: single } },
    async (request, reply) => {
      const index = indexOf(request)
      const run = await itemsOf(request)
      const { items, rows: files } = await filesOf(run)
      if (index >= items) throw noItem(index)
      return sendBytes(reply, await askThread(request, reply, 'item_row', { files, index }), json)
    },
  )
}

export interface ItemRoute extends RunRoute {
  readonly Params: { readonly id: string; readonly index: string }
}

/** @throws Refusal NOT_FOUND */
export function indexOf({ params }: FastifyRequest<ItemRoute>): number {
  if (!/^\d{1,9}$/.test(params.index)) throw new Refusal('NOT_FOUND', 'An item is named by its index.')
  return Number(params.index)
}

export const noItem = (index: number) => new Refusal('NOT_FOUND', `The evaluation has no item ${index}.`)

const limitOf = ({ query }: FastifyRequest<RunRoute>) =>
  wholeNumber(query, 'limit', 100, { min: 1, max: 1000 })

async function sendPage(
  request: FastifyRequest<RunRoute>,
  reply: FastifyReply,
  run: SeenRun,
  query: ItemQuery,
): Promise<FastifyReply> {
  const limit = limitOf(request)
  const { folder } = await filesOf(run)
  const { items, unanswered } = await viewOf(request, run, folder, query)
  const position = startOf(request, run, query, items, limit)
  const end = Math.min(position + limit, items.length)
  const page = {
    total: items.length,
    unanswered,
    sort: query.sort,
    order: query.order,
    first: position,
    previous: position > 0 ? cursorOf(run.id, query, Math.max(0, position - limit)) : null,
    next: end < items.length ? cursorOf(run.id, query, end) : null,
  }
  const task = { folder, items: items.slice(position, end), page }
  return sendBytes(reply, await askThread(request, reply, 'item_page', task), json)
}

/** Where a page begins. @throws Refusal INVALID_OPTIONS, NOT_FOUND where the filters do not choose the item `at` */
function startOf(
  { query: parameters }: FastifyRequest<RunRoute>,
  run: SeenRun,
  query: ItemQuery,
  items: Uint32Array,
  limit: number,
): number {
  const { cursor, at } = parameters
  if (at === undefined) return cursor === undefined ? 0 : positionOf(cursor, run.id, query)
  if (cursor !== undefined) throw wrong('at', 'stands in the place of `cursor`, not beside it')
  const index = wholeNumber(parameters, 'at', 0, { min: 0, max: 999_999_999 })
  const place = items.indexOf(index)
  if (place < 0) throw new Refusal('NOT_FOUND', `The filters do not choose the item ${index}.`)
  return place - (place % limit)
}

const viewOf = ({ server }: FastifyRequest, { id }: SeenRun, folder: string, query: ItemQuery) =>
  server.itemViews.get(JSON.stringify([id, query]), 'item_view', { folder, query })

async function sendLines(
  request: FastifyRequest<RunRoute>,
  reply: FastifyReply,
  run: SeenRun,
  query: ItemQuery,
  format: LineFormat,
): Promise<FastifyReply> {
  onlyParameters(request.query, queryParameters)
  const { folder } = await filesOf(run)
  const { items } = await viewOf(request, run, folder, query)
  const signal = AbortSignal.any([goneSignal(reply), request.server.closing])
  async function* pieces() {
    for (let first = 0; first === 0 || first < items.length; first += rowsAtOnce) {
      const task = { folder, items: items.slice(first, first + rowsAtOnce), format, isFirst: first === 0 }
      const { body } = await askForItems(request.server.pool, 'item_lines', task, signal)
      yield body
    }
  }
  return reply.type(lineTypes[format]).send(Readable.from(pieces()))
}

async function soFar(
  request: FastifyRequest<RunRoute>,
  reply: FastifyReply,
  run: SeenRun,
  query: ItemQuery,
): Promise<FastifyReply> {
  if (
    [...queryParameters, 'at'].some((name) => request.query[name] !== undefined) ||
    lineFormatOf(request.headers.accept)
  ) {
    // Says what state it is in.
    await finishedRun(run)
  }
  const { cursor } = request.query
  const from = cursor === undefined ? 0 : positionOf(cursor, run.id, query)
  const limit = limitOf(request)
  const { rows: files } = await filesOf(run)
  const { body } = await askThread(request, reply, 'items_so_far', { files, from, limit })
  const items: { readonly index: number }[] = JSON.parse(Buffer.from(body).toString())
  const total = files.reduce((sum, { count }) => sum + count, 0)
  const last = items.at(-1)
  const isMore = last !== undefined && files.some(({ first, count }) => first + count > last.index + 1)
  return reply.type(json).send({
    items,
    total,
    unanswered: 0,
    sort: 'index',
    order: 'ascending',
    first: null,
    previous: null,
    next: isMore ? cursorOf(run.id, query, last.index + 1) : null,
  })
}

function lineFormatOf(accept = ''): LineFormat | undefined {
  if (accept.includes('application/x-ndjson')) return 'ndjson'
  return accept.includes('text/csv') ? 'csv' : undefined
}

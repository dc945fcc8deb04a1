import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { onlyParameters, wholeNumber, wrong } from '../../src/evaluations/items/parameters.ts'
import { type RunState, runStates } from '../../src/evaluations/ports/ports.ts'
import { isStorable } from '../../src/json/refuse-unstorable.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { callerOf } from '../../src/plugins/evaluation-store.ts'
import { isKnownTag } from '../../src/plugins/if-none-match.ts'
import { evaluationListSchema, evaluationSchema } from './resource-schema.ts'
import { runPath, runRefusals, storeRefusals } from './run-contract.ts'
import { noRun, type RunRoute, resourceOf, runOf } from './run-of.ts'
import { shownResource } from './shown-resource.ts'
import { isOver, waitForChange, waitIn } from './wait-for-run.ts'

const maxPage = 200

const list: RouteContract = {
  tag: 'Evaluations',
  summary: 'Your evaluations, newest first',
  query: {
    state: { description: 'Only those in this state', schema: z.enum(runStates) },
    dataset: { description: 'Only those against this dataset', schema: z.string() },
    limit: { description: 'Most that are answered', schema: z.int().min(1).max(maxPage).default(50) },
    cursor: { description: '`next` of the page before', schema: z.string() },
  },
  answer: { 'application/json': { schema: evaluationListSchema } },
  refusals: [...storeRefusals, 'INVALID_OPTIONS'],
}

const single: RouteContract = {
  tag: 'Evaluations',
  summary: 'How far an evaluation is, and its summary once it is done',
  description:
    'With `wait` the answer comes at the next change of the state, or when the time is up. With `If-None-Match` it comes at any change of the revision that the caller knows, and is 304 where there was none.',
  path: runPath,
  query: { wait: { description: 'Time to wait, up to 60s', schema: z.string(), example: '30s' } },
  answer: { 'application/json': { schema: evaluationSchema } },
  isTagged: true,
  refusals: [...runRefusals, 'INVALID_OPTIONS', 'QUOTA_EXCEEDED'],
}

const cancel: RouteContract = {
  tag: 'Evaluations',
  summary: 'Stops an evaluation',
  description: 'Rows that are scored stay. An evaluation that has ended stays as it is.',
  path: runPath,
  status: 202,
  answer: { 'application/json': { schema: evaluationSchema } },
  refusals: runRefusals,
}

const remove: RouteContract = {
  tag: 'Evaluations',
  summary: 'Deletes an evaluation with its uploads and results',
  path: runPath,
  status: 204,
  answer: {},
  refusals: runRefusals,
}

/** Evaluations as resources: listed, looked at, stopped and deleted. */
export function evaluationResourceRoutes(app: FastifyInstance): void {
  const config = { sameOrigin: true } as const
  app.get<{ Querystring: RunRoute['Querystring'] }>(
    '/v1/evaluations',
    { config: { ...config, contract: list } },
    async (request) => {
      const { query } = request
      onlyParameters(query, ['state', 'dataset', 'limit', 'cursor'])
      const { dataset, cursor } = query
      if (dataset !== undefined && !isStorable(dataset)) throw wrong('dataset', 'takes the name of a dataset')
      const state = stateIn(query.state)
      const { runs } = await app.evaluations()
      const page = await runs.list(callerOf(request), {
        limit: wholeNumber(query, 'limit', 50, { min: 1, max: maxPage }),
        ...(state && { state }),
        ...(dataset !== undefined && { dataset }),
        ...(cursor !== undefined && { cursor }),
      })
      return { evaluations: page.runs, next: page.next ?? null }
    },
  )
  app.get<RunRoute>(
    '/v1/evaluations/:id',
    { config: { ...config, contract: single } },
    async (request, reply) => {
      onlyParameters(request.query, ['wait'])
      const { wait } = request.query
      const ms = wait === undefined ? 0 : waitIn(wait)
      const run = await runOf(request)
      const known = request.headers['if-none-match']
      let resource = await resourceOf(run)
      const isKnown = () => isKnownTag(known, tagOf(resource.revision))
      if (ms > 0 && !isOver(resource) && (known === undefined || isKnown()))
        resource = await waitForChange(request, reply, run, resource, ms, known === undefined)
      reply.header('etag', tagOf(resource.revision))
      return isKnown() ? reply.code(304).send() : shownResource(resource, run)
    },
  )
  app.post<RunRoute>(
    '/v1/evaluations/:id/cancel',
    { config: { ...config, contract: cancel } },
    async (request, reply) => {
      const run = await ownRun(request)
      const resource = await run.evaluations.runs.cancel(run.owner, run.id)
      if (!resource) throw noRun()
      return reply.code(202).send(shownResource(resource, run))
    },
  )
  app.delete<RunRoute>(
    '/v1/evaluations/:id',
    { config: { ...config, contract: remove } },
    async (request, reply) => {
      const run = await ownRun(request)
      if (!(await run.evaluations.runs.delete(run.owner, run.id))) throw noRun()
      return reply.code(204).send()
    },
  )
}

/** Only its owner changes a run. */
async function ownRun(request: Parameters<typeof runOf>[0]) {
  const run = await runOf(request)
  if (!run.isOwn) throw noRun()
  return run
}

const tagOf = (revision: number): string => `"${revision}"`

function stateIn(text: string | undefined): RunState | undefined {
  if (text === undefined) return undefined
  const state = runStates.find((known) => known === text)
  if (!state) throw wrong('state', `takes ${runStates.join(', ')}`)
  return state
}

import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import type { RouteContract } from '../openapi/route-contract.ts'
import { deadlineOf } from '../receiving/deadline.ts'
import { receiveBody } from '../receiving/receive-body.ts'
import type { Run } from '../tasks/runner.ts'
import { acceptsGzip } from './accepts-gzip.ts'
import { sendProblem } from './problem-json.ts'
import { sendAnswer } from './send-answer.ts'

interface WorkerCall {
  readonly url: string
  /** Name of the performer in the worker. */
  readonly call: string
  readonly contract: RouteContract
  /** Asks for a secret of the call's own instead of a key. */
  readonly guard?: onRequestAsyncHookHandler
}

/** Registers a POST call that a worker answers: the body goes in, finished bytes come out. */
export function workerCall(app: FastifyInstance, { url, call, contract, guard }: WorkerCall): void {
  const config = { admission: true, contract, ...(guard && ({ open: true } as const)) } as const
  const parts = Object.entries(contract.body?.parts ?? {})
  const rules = Object.fromEntries(parts.map(([name, { rule }]) => [name, rule]))
  app.post(url, { config, ...(guard && { onRequest: guard }) }, async (request, reply) => {
    const signal = deadlineOf(reply, app.settings.requestTimeout)
    const body = await receiveBody(request, rules, signal)
    const receiveMs = performance.now() - request.record.startedAt
    app.takeTicket(reply)
    const { accept } = request.headers
    const takesGzip = acceptsGzip(request.headers['accept-encoding'])
    const run = await app.pool.run({ call, body, takesGzip, ...(accept && { accept }) }, signal)
    note(request, run, receiveMs)
    const { outcome } = run
    if (!outcome.ok)
      return sendProblem(reply, request, outcome.code, outcome.detail, outcome.errors, outcome.remedy)
    if (contract.describedBy)
      reply.header('link', `<${app.settings.basePath}${contract.describedBy}>; rel="describedby"`)
    return sendAnswer(request, reply, outcome)
  })
}

function note({ record }: FastifyRequest, { outcome, queueMs }: Run, receiveMs: number): void {
  record.stages = { receive: receiveMs, queue: queueMs, ...(outcome.ok && outcome.times) }
  if (outcome.ok) record.facts = outcome.facts
}

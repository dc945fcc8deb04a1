import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import type { HookCall } from '../../src/hooks/performers.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { sendProblem } from '../../src/plugins/problem-json.ts'
import { deadlineOf } from '../../src/receiving/deadline.ts'
import { freeMemory } from '../../src/receiving/free-memory.ts'
import { receiveBody } from '../../src/receiving/receive-body.ts'
import type { PartRule } from '../../src/receiving/receive-parts.ts'
import type { Call } from '../../src/scoring/call.ts'
import type { Run } from '../../src/tasks/runner.ts'
import type { Answer } from '../../src/tasks/task.ts'
import { callContract } from './call-contract.ts'

interface PooledCall {
  readonly url: string
  readonly call: Call
  readonly parts: Readonly<Record<string, PartRule>>
}

/** Registers a call of the scoring contract that a worker answers. */
export function pooledCall(app: FastifyInstance, { url, call, parts }: PooledCall): void {
  workerCall(app, { url, call, parts, contract: callContract(call, parts) })
}

interface WorkerCall extends Omit<PooledCall, 'call'> {
  readonly call: Call | HookCall
  readonly contract: RouteContract
  /** Asks for a secret of the call's own in place of a key. */
  readonly guard?: onRequestAsyncHookHandler
}

/** Registers a POST call that a worker answers: body in, finished bytes out. */
export function workerCall(app: FastifyInstance, { url, call, parts, contract, guard }: WorkerCall): void {
  const config = { admission: true, contract, ...(guard && ({ open: true } as const)) } as const
  app.post(url, { config, ...(guard && { onRequest: guard }) }, async (request, reply) => {
    const signal = deadlineOf(reply, app.settings.requestTimeout)
    const body = await receiveBody(request, parts, signal)
    const receiveMs = performance.now() - request.record.startedAt
    const { accept } = request.headers
    const run = await app.pool.run({ call, body, ...(accept && { accept }) }, signal)
    note(request, run, receiveMs)
    const { outcome } = run
    if (!outcome.ok) return sendProblem(reply, request, outcome.code, outcome.detail, outcome.errors)
    if (contract.describedBy) reply.header('link', `<${contract.describedBy}>; rel="describedby"`)
    return sendAnswer(request, reply, outcome)
  })
}

function note({ record }: FastifyRequest, { outcome, queueMs }: Run, receiveMs: number): void {
  record.stages = { receive: receiveMs, queue: queueMs, ...(outcome.ok && outcome.times) }
  if (outcome.ok) record.facts = { ...outcome.facts }
}

function sendAnswer(request: FastifyRequest, reply: FastifyReply, { body, contentType, etag }: Answer) {
  const { stages = {}, startedAt } = request.record
  const times = { ...stages, total: performance.now() - startedAt }
  const timing = Object.entries(times).map(([stage, ms]) => `${stage};dur=${ms.toFixed(3)}`)
  reply.header('server-timing', timing.join(', ')).header('etag', etag)
  reply.raw.once('finish', () => freeMemory(request.raw, body))
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return reply.type(contentType).send(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from '../src/plugins/problem-json.ts'
import { type PartRule, receiveParts } from '../src/plugins/receive-body.ts'
import type { Answer, Call, RequestBody } from '../src/scoring/task.ts'

export interface PooledCall {
  readonly url: string
  readonly call: Call
  readonly parts: Readonly<Record<string, PartRule>>
}

/** Registers a POST call that a worker answers: body in, finished bytes out. */
export function pooledCall(app: FastifyInstance, { url, call, parts }: PooledCall): void {
  app.post(url, async (request, reply) => {
    const start = performance.now()
    const body = await receive(request, parts, app.settings.maxFileBytes)
    const received = performance.now()
    const accept = request.headers.accept
    const outcome = await app.pool.run({ call, body, ...(accept && { accept }) })
    if (!outcome.ok) return sendProblem(reply, request, outcome.code, outcome.detail, outcome.errors)
    return sendAnswer(reply, outcome, { start, received })
  })
}

async function receive(
  request: FastifyRequest,
  parts: Readonly<Record<string, PartRule>>,
  maxFileBytes: number,
): Promise<RequestBody> {
  if (request.isMultipart()) return { type: 'parts', parts: await receiveParts(request, parts, maxFileBytes) }
  return { type: 'json', bytes: request.body as Buffer }
}

function sendAnswer(
  reply: FastifyReply,
  answer: Answer,
  { start, received }: { start: number; received: number },
) {
  const { decode, count, metrics, serialise } = answer.times
  const now = performance.now()
  const stages = {
    queue: now - received - decode - count - metrics - serialise,
    decode,
    count,
    metrics,
    total: now - start,
  }
  const timing = Object.entries(stages).map(([stage, ms]) => `${stage};dur=${Math.max(0, ms).toFixed(3)}`)
  return reply
    .header('server-timing', timing.join(', '))
    .header('etag', answer.etag)
    .type(answer.contentType)
    .send(Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength))
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import { freeMemory } from '../receiving/free-memory.ts'
import type { Answer } from '../tasks/task.ts'
import { isKnownTag } from './if-none-match.ts'

/** Sends what a worker answered: its tag, coding and times, and 304 to a caller who has it already. */
export function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  const { body, contentType, contentEncoding, etag, headers = {} } = answer
  const { stages = {}, startedAt } = request.record
  const times = { ...stages, total: performance.now() - startedAt }
  const timing = Object.entries(times).map(([stage, ms]) => `${stage};dur=${ms.toFixed(3)}`)
  reply.header('server-timing', timing.join(', ')).header('etag', etag).headers(headers)
  if (contentEncoding) {
    const vary = [reply.getHeader('vary')].flat().filter((name) => name !== undefined)
    reply.header('vary', [...vary, 'accept-encoding'].join(', '))
    if (contentEncoding !== 'identity') reply.header('content-encoding', contentEncoding)
  }
  reply.raw.once('finish', () => freeMemory(request.raw, body))
  if (isKnownTag(request.headers['if-none-match'], etag)) return reply.code(304).send()
  return reply.type(contentType).send(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
}

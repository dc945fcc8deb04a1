import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { ProblemCode } from '../problems/catalogue.ts'
import { problemBody, problemContentType } from './problem-json.ts'

const details: Readonly<Record<string, [ProblemCode, string]>> = {
  FST_ERR_MAX_PARAM_LENGTH: ['NOT_FOUND', 'There is nothing at this address.'],
}

/**
 * What Fastify's router refuses before there is a route, such as `/%`: answered in the form of every other refusal.
 * No hook has run for such a request, so it has no record, and the answer is written by hand.
 */
export function answerUnroutable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const [code, detail] = details[error.code] ?? ['MALFORMED_REQUEST', 'The address is not valid.']
  const body = problemBody(request.server.settings.basePath, code, detail, request.id)
  request.server.countRefusal(code)
  const text = JSON.stringify(body)
  reply.raw
    .writeHead(body.status, {
      'content-type': problemContentType,
      'content-length': Buffer.byteLength(text),
      'x-request-id': request.id,
      connection: 'close',
    })
    .end(text)
}

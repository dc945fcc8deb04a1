import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { type ProblemCode, problems } from '../problems/catalogue.ts'
import { diskRefusal } from '../problems/disk-refusal.ts'
import { type FieldError, Refusal } from '../problems/refusal.ts'
import { closeUnlessReceived } from '../receiving/unread-body.ts'

/** RFC 9457. */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ProblemCode
  readonly remedy: string
  readonly request_id: string
  readonly errors: readonly FieldError[]
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Seconds after which a request that is refused now is likely to be admitted. */
    retryAfterSeconds(): number
  }
}

export const problemContentType = 'application/problem+json; charset=utf-8'

/** `basePath` is where the service is found; the address of the code lies below it. */
export function problemBody(
  basePath: string,
  code: ProblemCode,
  detail: string,
  request_id: string,
  errors: readonly FieldError[] = [],
  remedy: string = problems[code].remedy,
): ProblemBody {
  const { title, status } = problems[code]
  return { type: `${basePath}/problems/${code}`, title, status, detail, code, remedy, request_id, errors }
}

/** Answers a refusal, also while its body still arrives. */
export function sendProblem(
  reply: FastifyReply,
  request: FastifyRequest,
  code: ProblemCode,
  detail: string,
  errors?: readonly FieldError[],
  remedy?: string,
): FastifyReply {
  const body = problemBody(request.server.settings.basePath, code, detail, request.id, errors, remedy)
  request.record.code = code
  if (body.status === 503) reply.header('retry-after', request.server.retryAfterSeconds())
  if (body.status === 401 && !reply.hasHeader('www-authenticate')) reply.header('www-authenticate', 'Bearer')
  closeUnlessReceived(request, reply, code === 'RECEIVE_TIMEOUT' || code === 'TIMED_OUT')
  return reply.code(body.status).type(problemContentType).send(JSON.stringify(body))
}

/** Our code for what Fastify refuses by itself. */
const codes: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_EMPTY_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_BODY_TOO_LARGE: 'INPUT_TOO_LARGE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED_REQUEST',
  // A path that leads out of a folder of files.
  FST_STATIC_FORBIDDEN_PATH: 'NOT_FOUND',
}

function detailOf(code: ProblemCode, { headers }: FastifyRequest): string {
  if (code !== 'UNSUPPORTED_MEDIA_TYPE') return `${problems[code].title}.`
  const type = headers['content-type']?.slice(0, 100)
  return `The body is ${type ? `of type ${type}` : 'of no type'}, which this call does not take.`
}

/** Answers every refusal and failure as a problem. Nothing of the cause of a failure is told. */
export const problemJson = fastifyPlugin(async (app) => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof Refusal)
      return sendProblem(reply, request, error.code, error.message, error.errors, error.remedy)
    const ofDisk = diskRefusal(error)
    if (ofDisk) {
      request.log.error({ err: error }, 'the disk takes no writing')
      return sendProblem(reply, request, ofDisk.code, ofDisk.message)
    }
    const code = codes[error.code]
    if (code) return sendProblem(reply, request, code, detailOf(code, request))
    request.log.error({ err: error }, 'request failed')
    return sendProblem(reply, request, 'INTERNAL', 'The service failed to answer this request.')
  })
})

import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { parseJson } from '../json/parse-json.ts'
import { Refusal } from '../problems/refusal.ts'
import { receiveBytes } from './receive-bytes.ts'
import { guardReceive } from './receive-guard.ts'
import { refuseCompressed } from './refuse-compressed.ts'

/**
 * A short JSON body, parsed here.
 * @throws Refusal UNSUPPORTED_MEDIA_TYPE, INPUT_TOO_LARGE, RECEIVE_TIMEOUT, MALFORMED_JSON
 */
export async function receiveJson(
  request: FastifyRequest,
  maxBytes: number,
  signal: AbortSignal,
): Promise<{ readonly value: unknown; readonly fingerprint: string }> {
  refuseCompressed(request)
  const { settings } = request.server
  if (mediaTypeOf(request) !== 'application/json')
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'The body must be of type application/json.')
  const bytes = await guardReceive(request, { ...settings, maxBytes }, signal, () => receiveBytes(request))
  return {
    value: parseJson(bytes, settings.maxJsonDepth),
    fingerprint: createHash('sha256').update(bytes).digest('hex'),
  }
}

/** The type of the body without its parameters, in lower case. */
export const mediaTypeOf = ({ headers }: FastifyRequest): string | undefined =>
  headers['content-type']?.split(';', 1)[0].trim().toLowerCase()

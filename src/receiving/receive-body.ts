import type { FastifyRequest } from 'fastify'
import { Refusal } from '../problems/refusal.ts'
import type { PartRule, RequestBody } from '../tasks/task.ts'
import { receiveBytes } from './receive-bytes.ts'
import { guardReceive } from './receive-guard.ts'
import { receiveParts } from './receive-parts.ts'
import { refuseCompressed } from './refuse-compressed.ts'

/**
 * The body of a call as bytes: its parts by the call's rules, or its JSON, not parsed yet.
 *
 * @throws Refusal UNSUPPORTED_MEDIA_TYPE, and all that `guardReceive` and `receiveParts` throw
 */
export async function receiveBody(
  request: FastifyRequest,
  rules: Readonly<Record<string, PartRule>>,
  signal: AbortSignal,
): Promise<RequestBody> {
  const { settings } = request.server
  const takesParts = Object.keys(rules).length > 0
  refuseCompressed(request)
  const type = request.headers['content-type']?.split(';', 1)[0].trim().toLowerCase()
  if (type === 'application/json') {
    const bytes = await guardReceive(request, settings, signal, () => receiveBytes(request))
    return { type: 'json', bytes }
  }
  if (type !== 'multipart/form-data' || !takesParts)
    throw new Refusal(
      'UNSUPPORTED_MEDIA_TYPE',
      `The body must be of type ${takesParts ? 'multipart/form-data or ' : ''}application/json.`,
    )
  const parts = await guardReceive(request, settings, signal, (copied) =>
    receiveParts(request, rules, settings.maxFileBytes, copied),
  )
  return { type: 'parts', parts }
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../problems/refusal.ts'
import { deadlineOf } from './deadline.ts'
import { receiveBytes } from './receive-bytes.ts'
import { guardReceive } from './receive-guard.ts'

/**
 * The body of a tool's event as bytes, in the memory that all bodies share. An event needs no ticket: a busy service
 * must acknowledge it all the same.
 *
 * @throws Refusal INPUT_TOO_LARGE, OVERLOADED, RECEIVE_TIMEOUT
 */
export async function receiveHook(
  request: FastifyRequest,
  reply: FastifyReply,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const { settings } = request.server
  if (Number(request.headers['content-length'] ?? 0) > maxBytes)
    throw new Refusal('INPUT_TOO_LARGE', `The body is larger than the limit of ${maxBytes} bytes.`)
  request.held = request.server.holdBody(request, reply)
  const signal = deadlineOf(reply, settings.requestTimeout)
  return guardReceive(request, { ...settings, maxBytes }, signal, () => receiveBytes(request))
}

import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { endAndLinger } from './linger.ts'

/** A body up to this length is read to its end and dropped, so that the connection can be used again. */
const droppedBytes = 2 ** 20

/**
 * For answers that are given before the body has arrived: closes the connection after the answer unless little of the
 * body is left. A sender that is known to be slow, or that asked whether to send, is not waited for.
 */
export function closeUnlessReceived({ raw }: FastifyRequest, reply: FastifyReply, isSlow: boolean): void {
  const { 'content-length': length, 'transfer-encoding': encoding, expect } = raw.headers
  if (raw.complete || (length === undefined && encoding === undefined)) return
  if (!isSlow && expect === undefined && Number(length ?? Infinity) <= droppedBytes) return
  reply.header('connection', 'close')
  const { socket } = raw
  // What Node calls as soon as its last answer is written.
  socket.destroySoon = () => endAndLinger(socket)
}

/** For a body that is answered and dropped while it still arrives: the connection is cut when that takes too long. */
export function cutUnlessReceived(raw: IncomingMessage, ms: number): void {
  const { socket } = raw
  // A request that this process sends itself comes over none.
  if (!(socket instanceof Socket) || socket.destroyed) return
  const timer = setTimeout(() => socket.destroy(), ms).unref()
  const stop = () => clearTimeout(timer)
  raw.once('end', stop).once('close', stop)
}

import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Rests of bodies up to this length are read and dropped, so that the connection can be used again. */
const droppedBytes = 2 ** 20
/** How long a sender may go on sending into the void before the connection is cut. */
const lingerMs = 2000

/** For answers that are given before the body has arrived: closes the connection after them unless little is left. */
export function closeUnlessReceived(request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request
  if (raw.complete || Number(raw.headers['content-length'] ?? Infinity) <= droppedBytes) return
  if (raw.headers['content-length'] === undefined && raw.headers['transfer-encoding'] === undefined) return
  reply.header('connection', 'close')
  lingerAfterAnswer(raw.socket)
}

/**
 * Node destroys a socket as soon as its last answer is written. With bytes unread the kernel then sends a reset
 * that can overtake the answer on its way; so our end is closed first and what still arrives is dropped.
 */
function lingerAfterAnswer(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end()
    const timer = setTimeout(() => socket.destroy(), lingerMs).unref()
    socket.once('close', () => clearTimeout(timer))
  }
}

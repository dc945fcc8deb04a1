import type { FastifyReply } from 'fastify'

/**
 * Calls the listener once, when the answer is out or its caller is gone. A caller who went while something else was awaited
 * raises no event any more: then it is called at once.
 */
export function onClosed({ raw, request }: FastifyReply, listener: () => void): void {
  if (raw.closed || request.raw.socket.destroyed) listener()
  else raw.once('close', listener)
}

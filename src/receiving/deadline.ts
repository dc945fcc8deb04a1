import type { FastifyReply } from 'fastify'
import { Refusal } from '../problems/refusal.ts'

/** Time for a sender to read why his request was given up. */
const lastWordsMs = 2000

/**
 * A signal that aborts when the sender is gone (CLIENT_GONE) or the whole request took too long (TIMED_OUT).
 * The reading of the answer counts too: a connection on which it does not move is cut, because what waits to be
 * sent keeps its ticket and its memory.
 */
export function deadlineOf(reply: FastifyReply, timeoutMs: number): AbortSignal {
  const controller = new AbortController()
  const cut = () => reply.raw.destroy()
  const expire = () => {
    timer = setTimeout(cut, reply.raw.headersSent ? 0 : lastWordsMs)
    controller.abort(new Refusal('TIMED_OUT', `The request was not answered within ${timeoutMs} ms.`))
  }
  let timer = setTimeout(expire, timeoutMs)
  reply.raw.once('close', () => {
    clearTimeout(timer)
    if (!reply.raw.writableFinished) controller.abort(new Refusal('CLIENT_GONE', 'The sender went away.'))
  })
  return controller.signal
}

import type { FastifyReply } from 'fastify'
import { Refusal } from '../problems/refusal.ts'
import { onClosed } from './on-closed.ts'

/** Time for a sender to read the refusal before the connection is cut. */
const refusalMs = 2000

/**
 * A signal that aborts when the sender is gone (CLIENT_GONE) or the whole request took too long (TIMED_OUT).
 * Reading the answer counts as well: a connection on which it does not move is cut, because an answer that waits to be
 * sent holds its ticket and its memory.
 */
export function deadlineOf(reply: FastifyReply, timeoutMs: number): AbortSignal {
  const controller = new AbortController()
  const cut = () => reply.raw.destroy()
  const expire = () => {
    timer = setTimeout(cut, reply.raw.headersSent ? 0 : refusalMs)
    controller.abort(new Refusal('TIMED_OUT', `The request was not answered within ${timeoutMs} ms.`))
  }
  let timer = setTimeout(expire, timeoutMs)
  onClosed(reply, () => {
    clearTimeout(timer)
    if (!reply.raw.writableFinished) controller.abort(new Refusal('CLIENT_GONE', 'The sender went away.'))
  })
  return controller.signal
}

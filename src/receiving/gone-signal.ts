import type { FastifyReply } from 'fastify'
import { Refusal } from '../problems/refusal.ts'
import { onClosed } from './on-closed.ts'

/** A signal that aborts when the caller is gone before its answer is out. Time alone does not end it. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  onClosed(reply, () => {
    if (!reply.raw.writableFinished) controller.abort(new Refusal('CLIENT_GONE', 'The sender went away.'))
  })
  return controller.signal
}

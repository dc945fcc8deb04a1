import type { FastifyReply } from 'fastify'
import { Refusal } from '../problems.ts'

/** A signal that aborts when the sender is gone (CLIENT_GONE) or the whole request took too long (TIMED_OUT). */
export function deadlineOf(reply: FastifyReply, timeoutMs: number): AbortSignal {
  const controller = new AbortController()
  const timer = setTimeout(
    () => controller.abort(new Refusal('TIMED_OUT', `The request was not answered within ${timeoutMs} ms.`)),
    timeoutMs,
  )
  reply.raw.once('close', () => {
    clearTimeout(timer)
    if (!reply.raw.writableFinished) controller.abort(new Refusal('CLIENT_GONE', 'The sender went away.'))
  })
  return controller.signal
}

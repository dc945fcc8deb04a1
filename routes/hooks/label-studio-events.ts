import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../src/problems/refusal.ts'
import { receiveHook } from '../../src/receiving/receive-hook.ts'
import { closeUnlessReceived } from '../../src/receiving/unread-body.ts'

/**
 * Takes an event of Label Studio and has it worked on later. It waits one second, and switches a webhook off
 * that fails too often; so an event for which there is no memory or place is dropped and acknowledged all the same.
 */
export async function takeEvent(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<'accepted' | 'dropped'> {
  const { labelStudio } = request.server.hooks
  try {
    return await labelStudio.accept(await receiveHook(request, reply))
  } catch (error) {
    if (!(error instanceof Refusal) || !['INPUT_TOO_LARGE', 'OVERLOADED'].includes(error.code)) throw error
    closeUnlessReceived(request, reply, false)
    await labelStudio.drop(error.code, error.message)
    return 'dropped'
  }
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import { askForItems } from '../../src/evaluations/items/item-views.ts'
import type { ItemTasks } from '../../src/evaluations/items/performers.ts'
import { acceptsGzip } from '../../src/plugins/accepts-gzip.ts'
import { Refusal } from '../../src/problems/refusal.ts'
import { deadlineOf } from '../../src/receiving/deadline.ts'
import type { Answer } from '../../src/tasks/task.ts'

/**
 * Has a worker thread answer from the files of a run, under the ticket and the time limit that every call has.
 * @throws Refusal QUEUE_FULL, TIMED_OUT, and what the thread refuses: options that came as parameters are named as these
 */
export async function askThread<Call extends keyof ItemTasks>(
  request: FastifyRequest,
  reply: FastifyReply,
  call: Call,
  value: ItemTasks[Call],
): Promise<Answer> {
  const { server } = request
  const signal = deadlineOf(reply, server.settings.requestTimeout)
  const takesGzip = acceptsGzip(request.headers['accept-encoding'])
  try {
    return await askForItems(server.pool, call, value, signal, takesGzip)
  } catch (error) {
    throw error instanceof Refusal ? asParameters(error, request.query as object) : error
  }
}

function asParameters({ code, message, errors, remedy }: Refusal, query: object): Refusal {
  const placed = errors.map((error) => {
    const [, name] = /^\/options\/([^/]+)/.exec(error.pointer) ?? []
    return name !== undefined && Object.hasOwn(query, name) ? { ...error, pointer: `/${name}` } : error
  })
  return new Refusal(code, message, placed, remedy)
}

/** Sends what a thread answered. */
export const sendBytes = (reply: FastifyReply, { body }: Answer, contentType: string): FastifyReply =>
  reply.type(contentType).send(Buffer.from(body.buffer, body.byteOffset, body.byteLength))

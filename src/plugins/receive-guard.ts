import type { FastifyRequest } from 'fastify'
import { Refusal } from '../problems.ts'

export interface ReceiveBounds {
  readonly receiveTimeout: number
  /** Bytes a second on average, after a time of grace; 0: none. */
  readonly minReceiveRate: number
}

const graceMs = 5000
const checkMs = 1000

/**
 * Runs `read` while the body arrives, and gives up on it when the sender is too slow, sends too much or goes
 * away: throws RECEIVE_TIMEOUT, INPUT_TOO_LARGE, OVERLOADED or CLIENT_GONE.
 */
export async function guardReceive<T>(
  { raw, ticket, record }: FastifyRequest,
  bounds: ReceiveBounds,
  read: () => Promise<T>,
): Promise<T> {
  const start = performance.now()
  const watch = Promise.withResolvers<never>()
  const giveUp = (code: 'RECEIVE_TIMEOUT' | 'CLIENT_GONE', detail: string) =>
    watch.reject(new Refusal(code, detail))
  const onData = (chunk: Buffer) => {
    record.bytes += chunk.length
    try {
      ticket?.grow(record.bytes)
    } catch (error) {
      watch.reject(error)
    }
  }
  const onClose = () => {
    if (!raw.complete) giveUp('CLIENT_GONE', 'The sender went away before the body was complete.')
  }
  const deadline = setTimeout(
    () => giveUp('RECEIVE_TIMEOUT', `The body did not arrive within ${bounds.receiveTimeout} ms.`),
    bounds.receiveTimeout,
  )
  const pace = setInterval(() => {
    const elapsed = performance.now() - start
    if (elapsed > graceMs && record.bytes < (bounds.minReceiveRate * elapsed) / 1000)
      giveUp('RECEIVE_TIMEOUT', `The body arrives slower than ${bounds.minReceiveRate} bytes a second.`)
  }, checkMs)
  raw.on('data', onData).once('close', onClose)
  try {
    return await Promise.race([read(), watch.promise])
  } finally {
    clearTimeout(deadline)
    clearInterval(pace)
    raw.off('data', onData).off('close', onClose)
  }
}

import type { FastifyRequest } from 'fastify'
import { Refusal } from '../problems/refusal.ts'
import { freeMemory } from './free-memory.ts'

export interface ReceiveBounds {
  /** Milliseconds in all; absent: only the rate limits the time. */
  readonly receiveTimeout?: number
  /** Bytes a second on average, after a time of grace; 0: none. */
  readonly minReceiveRate: number
  /** Bytes of the body, where it may be no longer than this. */
  readonly maxBytes?: number
  /** The body goes to the disk as it arrives: none of its bytes is kept here, and `copied` says nothing. */
  readonly isSpooled?: true
}

const graceMs = 5000
const checkMs = 1000

/**
 * Runs `read` while the body arrives, and gives up when the sender is too slow or sends too much. Then nothing of the
 * body is kept. What `read` returns must be a copy; it calls `copied` with the bytes it has copied, whose memory is then
 * released.
 *
 * @throws Refusal RECEIVE_TIMEOUT, INPUT_TOO_LARGE, OVERLOADED, or the reason of the signal
 */
export async function guardReceive<T>(
  { raw, held, record }: FastifyRequest,
  { receiveTimeout, minReceiveRate, maxBytes = Number.POSITIVE_INFINITY, isSpooled }: ReceiveBounds,
  signal: AbortSignal,
  read: (copied: (bytes: number) => void) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const start = performance.now()
  const watch = Promise.withResolvers<never>()
  const giveUp = (detail: string) => watch.reject(new Refusal('RECEIVE_TIMEOUT', detail))
  const onAbort = () => watch.reject(signal.reason)
  const chunks: Buffer[] = []
  let freed = 0
  const free = (upTo: number) => {
    for (let chunk = chunks[0]; chunk && freed + chunk.length <= upTo; chunk = chunks[0]) {
      freed += chunk.length
      freeMemory(raw, chunk)
      chunks.shift()
    }
  }
  const onData = (chunk: Buffer) => {
    if (!isSpooled) chunks.push(chunk)
    record.bytes += chunk.length
    try {
      if (record.bytes > maxBytes)
        throw new Refusal('INPUT_TOO_LARGE', `The body is larger than the limit of ${maxBytes} bytes.`)
      held?.grow(record.bytes)
    } catch (error) {
      watch.reject(error)
    }
  }
  const deadline =
    receiveTimeout === undefined
      ? undefined
      : setTimeout(() => giveUp(`The body did not arrive within ${receiveTimeout} ms.`), receiveTimeout)
  const pace = setInterval(() => {
    const elapsed = performance.now() - start
    if (elapsed > graceMs && record.bytes < (minReceiveRate * elapsed) / 1000)
      giveUp(`The body arrives slower than ${minReceiveRate} bytes a second.`)
  }, checkMs)
  raw.on('data', onData)
  held?.onGiveUp(watch.reject)
  signal.addEventListener('abort', onAbort)
  try {
    const body = await Promise.race([read(free), watch.promise])
    free(Number.POSITIVE_INFINITY)
    held?.complete()
    return body
  } catch (error) {
    dropRest(raw)
    held?.release()
    throw error
  } finally {
    clearTimeout(deadline)
    clearInterval(pace)
    raw.off('data', onData)
    signal.removeEventListener('abort', onAbort)
  }
}

/** Takes the body away from its readers, who would go on collecting what is refused already. */
function dropRest(raw: FastifyRequest['raw']): void {
  raw.unpipe()
  raw.removeAllListeners('data')
  raw.resume()
}

import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'

/**
 * Frees bytes of a request or of its answer that nobody reads any more. Left to the collector, those of a few large
 * bodies make it search the whole heap, which takes a sixth of the processor time of their requests.
 *
 * What came over a socket, or has gone out on one, is nobody else's; other streams hand on what they were given.
 */
export function freeMemory({ socket }: IncomingMessage, { buffer, byteLength }: Uint8Array): void {
  if (socket instanceof Socket && buffer.byteLength === byteLength) (buffer as ArrayBuffer).transfer(0)
}

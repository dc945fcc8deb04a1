import type { Socket } from 'node:net'

/** How long a sender may go on sending into the void before the connection is cut. */
const lingerMs = 2000

/**
 * Closes our end of a connection and cuts it a little later. Destroyed at once with bytes unread, the kernel
 * would send a reset that can overtake the answer on its way; what still arrives meanwhile is dropped.
 */
export function endAndLinger(socket: Socket, lastWords = ''): void {
  socket.end(lastWords)
  const timer = setTimeout(() => socket.destroy(), lingerMs).unref()
  socket.once('close', () => clearTimeout(timer))
}

import type { Socket } from 'node:net'

/** How long a sender may go on sending before the connection is cut. */
const lingerMs = 2000

/**
 * Closes our end of a connection and cuts it a little later; what still arrives until then is dropped. If it were
 * destroyed at once with bytes unread, the kernel would send a reset that can overtake the answer.
 */
export function endAndLinger(socket: Socket, text = ''): void {
  socket.end(text)
  const timer = setTimeout(() => socket.destroy(), lingerMs).unref()
  socket.once('close', () => clearTimeout(timer))
}

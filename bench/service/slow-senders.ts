import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the senders are; passed as JSON in argv, because they run in a process of their own. */
export interface SlowOrder {
  readonly port: number
  readonly path: string
  readonly connections: number
  readonly bytesPerSecond: number
  readonly seconds: number
}

export interface SlowResult {
  /** Connections in all: a sender that is given up comes again. */
  readonly opened: number
  /** Most connections that were open at the same time. */
  readonly mostOpen: number
}

/** Many connections that announce a large body and send a little of it again and again. */
async function run({ port, path, connections, bytesPerSecond, seconds }: SlowOrder): Promise<SlowResult> {
  const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 50000000\r\n\r\n`
  const everyMs = 500
  const piece = ' '.repeat((bytesPerSecond * everyMs) / 1000)
  const sockets: (Socket | undefined)[] = Array.from({ length: connections })
  let opened = 0
  let mostOpen = 0
  const end = performance.now() + 1000 * seconds
  while (performance.now() < end) {
    for (const [i, socket] of sockets.entries()) {
      if (socket?.writable) {
        socket.write(piece)
        continue
      }
      const next = connect(port, '127.0.0.1')
      next.on('error', () => {}).on('data', () => {})
      next.once('end', () => next.destroy()).write(head + piece)
      sockets[i] = next
      opened++
    }
    mostOpen = Math.max(mostOpen, sockets.filter((socket) => socket?.writable && !socket.connecting).length)
    await sleep(everyMs)
  }
  for (const socket of sockets) socket?.destroy()
  return { opened, mostOpen }
}

process.stdout.write(JSON.stringify(await run(JSON.parse(process.argv[2]))))

import type { Socket } from 'node:net'

/** One HTTP answer as it came over a bare socket; status 0 when the connection ended before it was whole. */
export interface RawAnswer {
  readonly status: number
  readonly head: string
  readonly body: Buffer
}

/** Waits for one answer with a Content-Length. */
export function wholeAnswer(socket: Socket): Promise<RawAnswer> {
  return new Promise((resolve) => {
    let received: Buffer = Buffer.alloc(0)
    let bodyAt = -1
    let length = Infinity
    const finish = (answer: RawAnswer): void => {
      socket.removeAllListeners('data').removeAllListeners('close').removeAllListeners('error')
      // Between two answers nobody listens, and an error that nobody hears ends the process.
      socket.on('error', () => {})
      resolve(answer)
    }
    const fail = (why: string): void => finish({ status: 0, head: why, body: received })
    socket.on('close', () => fail('connection closed'))
    socket.on('error', (error) => fail(error.message))
    socket.on('data', (bytes: Buffer) => {
      received = received.length === 0 ? bytes : Buffer.concat([received, bytes])
      if (bodyAt < 0) {
        bodyAt = received.indexOf('\r\n\r\n') + 4
        if (bodyAt < 4) bodyAt = -1
        else length = bodyAt + contentLength(received.toString('latin1', 0, bodyAt))
      }
      if (received.length < length) return
      const head = received.toString('latin1', 0, bodyAt)
      finish({ status: Number(head.slice(9, 12)), head, body: received.subarray(bodyAt, length) })
    })
  })
}

function contentLength(head: string): number {
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error('the answer has no Content-Length')
  return Number(length)
}

/** The bytes of a POST, to be sent again and again. */
export function postBytes(port: number, path: string, contentType: string, body: Buffer): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${body.length}`,
    '',
    '',
  ]
  return Buffer.concat([Buffer.from(head.join('\r\n')), body])
}

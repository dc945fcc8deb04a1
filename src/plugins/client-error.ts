import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { ProblemCode } from '../problems.ts'
import { endAndLinger } from './linger.ts'
import { problemBody, problemContentType } from './problem-json.ts'

const details: Readonly<Record<string, [ProblemCode, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['RECEIVE_TIMEOUT', 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: ['MALFORMED_REQUEST', 'The headers are too long.'],
}

/** What Node's parser refuses before there is a request: answered in the form of every other refusal. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  // Already refused: what a sender still sends is an error again, and again.
  if (socket.writableEnded) return
  // A refusal in the midst of an answer would be read as a part of it.
  const { _httpMessage: current } = socket as Socket & { _httpMessage?: ServerResponse }
  if (error.code === 'ECONNRESET' || !socket.writable || current?.headersSent) {
    socket.destroy()
    return
  }
  const [code, detail] = details[error.code ?? ''] ?? [
    'MALFORMED_REQUEST',
    'This is not a valid HTTP request.',
  ]
  const id = randomUUID()
  const body = problemBody(code, detail, id)
  const text = JSON.stringify(body)
  const head = [
    `HTTP/1.1 ${body.status} ${body.status === 408 ? 'Request Timeout' : 'Bad Request'}`,
    `Content-Type: ${problemContentType}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    `X-Request-Id: ${id}`,
    'Connection: close',
  ]
  endAndLinger(socket, `${head.join('\r\n')}\r\n\r\n${text}`)
}

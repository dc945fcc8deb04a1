import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { ProblemCode } from '../problems/catalogue.ts'
import { endAndLinger } from '../receiving/linger.ts'
import { problemBody, problemContentType } from './problem-json.ts'

const details: Readonly<Record<string, [ProblemCode, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['RECEIVE_TIMEOUT', 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: ['MALFORMED_REQUEST', 'The headers are too long.'],
}

/** Answers what Node's parser refuses before there is a request, in the form of every other refusal. */
export function answerClientError(this: FastifyInstance, error: NodeJS.ErrnoException, socket: Socket): void {
  // The refusal is out already. Everything that the sender still sends raises an error again.
  if (socket.writableEnded) return
  // A refusal in the middle of an answer would be read as a part of that answer.
  const { _httpMessage: current } = socket as Socket & { _httpMessage?: ServerResponse }
  if (error.code === 'ECONNRESET' || !socket.writable || current?.headersSent) {
    socket.destroy()
    return
  }
  const [code, detail] = details[error.code ?? ''] ?? [
    'MALFORMED_REQUEST',
    'This is not a valid HTTP request.',
  ]
  this.countRefusal(code)
  endAndLinger(socket, problemText(this.settings.basePath, code, detail))
}

/** CONNECT asks for a tunnel. Node would close the connection without an answer. */
export const refuseTunnel = (basePath: string) => (_: IncomingMessage, socket: Socket) => {
  socket.on('error', () => socket.destroy())
  socket.resume()
  endAndLinger(socket, problemText(basePath, 'METHOD_NOT_ALLOWED', 'This service is no proxy.'))
}

/** An HTTP answer as text, for where there is no response object. */
function problemText(basePath: string, code: ProblemCode, detail: string): string {
  const id = randomUUID()
  const body = problemBody(basePath, code, detail, id)
  const text = JSON.stringify(body)
  const head = [
    `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status]}`,
    `Content-Type: ${problemContentType}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    `X-Request-Id: ${id}`,
    'Connection: close',
  ]
  return `${head.join('\r\n')}\r\n\r\n${text}`
}

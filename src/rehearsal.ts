import { request, type Server } from 'node:http'
import { duplexPair } from 'node:stream'
import multipart from '@fastify/multipart'
import fastify, { type FastifyInstance } from 'fastify'
import { scoringRoutes } from '../routes/scoring.ts'
import { admission } from './plugins/admission.ts'
import { requestIdPlugin } from './plugins/request-id.ts'
import { requestRecord } from './plugins/request-record.ts'
import { securityHeaders } from './plugins/security-headers.ts'
import type { BodyPart } from './tasks/task.ts'

const boundary = 'rehearsal'
const requests = 60

/**
 * Sends requests through the code that receives and answers them, so that the first caller does not wait for it
 * to be loaded and compiled. They go to a service that listens nowhere, has no keys and no log, and counts nothing.
 * What they are answered does not matter: limits may be set below these masks.
 */
export async function rehearse(
  { settings, pool }: FastifyInstance,
  parts: readonly BodyPart[],
): Promise<void> {
  const stage = fastify()
  stage.decorate('settings', settings)
  stage.decorate('pool', pool)
  await stage.register(requestRecord)
  await stage.register(requestIdPlugin)
  await stage.register(securityHeaders, settings)
  await stage.register(admission, { ...settings, tickets: requests })
  await stage.register(multipart)
  scoringRoutes(stage)
  await stage.ready()
  const payload = multipartBody(parts)
  for (let k = 0; k < requests; k++) await post(stage.server, payload)
  await stage.close()
}

/** Sends a request over a connection that leads nowhere else, and waits for its end: a refusal may come before. */
function post(server: Server, payload: Buffer): Promise<void> {
  const [ours, theirs] = duplexPair()
  server.emit('connection', theirs)
  const headers = {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': payload.length,
  }
  const call = request({ createConnection: () => ours, method: 'POST', path: '/v1/score', headers })
  return new Promise((resolve) => {
    call.on('response', (answer) => answer.resume())
    // The rest of a refused body is not taken.
    call.on('error', () => {})
    call.on('close', resolve)
    call.end(payload)
  })
}

function multipartBody(parts: readonly BodyPart[]): Buffer {
  const written = parts.map(({ name, bytes }) => {
    const disposition = `Content-Disposition: form-data; name="${name}"; filename="${name}.png"`
    return [`--${boundary}\r\n${disposition}\r\nContent-Type: image/png\r\n\r\n`, bytes, '\r\n']
  })
  return Buffer.concat(
    [...written.flat(), `--${boundary}--\r\n`].map((piece) => Buffer.from(piece as string)),
  )
}

import { request as httpRequest } from 'node:http'
import { join, resolve } from 'node:path'
import { type RunningServer, startServer } from '../../bench/service/server-process.ts'
import type { RandomCall } from './random-calls.ts'

/** What a service answered, without the request's own id. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

const comparedHeaders = ['content-type', 'etag', 'link', 'www-authenticate']
/** Small, so that the bounds themselves are met now and then. */
const environment = {
  MASKSCORE_THREADS: '1',
  MASKSCORE_LOG_LEVEL: 'silent',
  MASKSCORE_MAX_PIXELS: '2_000_000',
  MASKSCORE_MAX_REGIONS: '2000',
}

/** The service of a checkout in a process of its own, running that checkout's code on a free port of the loopback. */
export const startCheckout = (checkout: string, pngDecoder: 'auto' | 'sharp'): Promise<RunningServer> =>
  startServer({
    command: process.execPath,
    arguments: () => ['--max-semi-space-size=4', join(resolve(checkout), 'src/server.ts')],
    environment: (port) => ({
      ...environment,
      MASKSCORE_PORT: `${port}`,
      MASKSCORE_PNG_DECODER: pngDecoder,
    }),
  })

/** Sends the call as it is, without what fetch would mend or forbid. */
export function ask({ port }: RunningServer, { url, headers, body }: RandomCall): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: url, method: 'POST', agent: false, headers }
    const client = httpRequest(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const received = response.headers as Record<string, string | undefined>
        const compared = comparedHeaders.map((name) => [name, received[name]] as const)
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(compared),
          body: withoutId(Buffer.concat(chunks), received['x-request-id']),
        })
      })
    })
    client.on('error', reject)
    client.end(body)
  })
}

/** Bytes stay bytes: an overlay is no text. */
function withoutId(body: Buffer, id: string | undefined): Buffer {
  const text = id && JSON.stringify(id)
  if (!text || !body.includes(text)) return body
  return Buffer.from(
    body.toString('latin1').replaceAll(Buffer.from(text).toString('latin1'), '"…"'),
    'latin1',
  )
}

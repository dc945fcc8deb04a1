import { Agent, request as httpRequest } from 'node:http'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { OpenApiDocument } from '../../src/openapi/document.ts'
import { type Service, startService } from '../http/service.ts'
import { Contract, type Received } from './contract.ts'
import { hookSettings, type RandomRequest, randomRequests } from './random-request.ts'

/** `npm run fuzz:http` sets it for a longer run. */
const numRuns = Number(process.env.RANDOM_REQUESTS ?? 400)
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/** As it is, without what fetch would mend or forbid. */
function send({ url: origin }: Service, { method, url, headers, body }: RandomRequest): Promise<Received> {
  return new Promise((resolve, reject) => {
    const client = httpRequest(origin + url, { method, headers, agent }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(response.headers as Record<string, string>),
          text: Buffer.concat(chunks).toString(),
        }),
      )
    })
    client.on('error', reject)
    client.end(body)
  })
}

const services: Service[] = []
afterAll(async () => {
  agent.destroy()
  await Promise.all(services.map((service) => service.close()))
})

describe('random requests, right and wrong, meet only what the document says', () => {
  it.each([
    ['an open service', hookSettings, numRuns],
    ['one with keys', { MASKSCORE_KEYS: 'ann:0123456789abcdef' }, Math.ceil(numRuns / 10)],
  ])(
    '%s',
    async (_, env, runs) => {
      const service = await startService({ MASKSCORE_MAX_PIXELS: '250_000', ...env })
      services.push(service)
      const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as OpenApiDocument
      const contract = new Contract(document)
      const seen = new Map<number, number>()
      await fc.assert(
        fc.asyncProperty(randomRequests(document), async (request) => {
          const received = await send(service, request)
          seen.set(received.status, (seen.get(received.status) ?? 0) + 1)
          expect(contract.breaches(request.method, request.path, received)).toEqual([])
          expect(received.status, received.text).not.toBe(500)
        }),
        { numRuns: runs },
      )
      // Both sides of the contract were met.
      expect([...seen.keys()]).toEqual(
        expect.arrayContaining('MASKSCORE_KEYS' in env ? [401] : [200, 400, 415, 422]),
      )
    },
    Math.max(60_000, numRuns * 100),
  )
})

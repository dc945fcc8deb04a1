import { createHash, timingSafeEqual } from 'node:crypto'
import fastifyPlugin from 'fastify-plugin'
import { Refusal } from '../problems/refusal.ts'
import { bearerOf } from '../secrets.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Needs no key: probes, pages, and calls that have their own secret. */
    open?: true
  }
}

/** Asks for one of the keys (name → key) as a bearer token; without keys everything is open. */
export const access = fastifyPlugin<{ keys: Readonly<Record<string, string>> }>(async (app, { keys }) => {
  const known = Object.entries(keys).map(([name, key]) => ({ name, digest: digestOf(key) }))
  if (known.length === 0) return
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.open || request.is404) return
    const token = bearerOf(request.headers.authorization)
    if (token === undefined) throw new Refusal('UNAUTHENTICATED', 'The request has no bearer key.')
    const digest = digestOf(token)
    // Every key is compared, by digests of one length, so that the time taken says nothing about any of them.
    const matches = known.filter((key) => timingSafeEqual(key.digest, digest))
    if (matches.length === 0) throw new Refusal('FORBIDDEN', 'The key is not known.')
    request.record.client = matches[0].name
  })
})

const digestOf = (key: string): Buffer => createHash('sha256').update(key).digest()

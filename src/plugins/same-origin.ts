import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { Refusal } from '../problems/refusal.ts'

export interface OriginRules {
  readonly keys: Readonly<Record<string, string>>
  readonly corsOrigins: readonly string[]
  readonly allowedHosts: readonly string[]
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The call reads or changes what is kept: a page of another origin may not have a browser do it. */
    sameOrigin?: true
  }
}

/**
 * Without keys whoever reaches the service may use it, and so might any page in a browser that reaches it. What is kept is
 * protected from such pages: from their own requests by `Origin` and `Sec-Fetch-Site`, and from names that are rebound to
 * this machine by `Host`. With keys no page can send one that it does not have.
 */
export const sameOrigin = fastifyPlugin<OriginRules>(async (app, { keys, corsOrigins, allowedHosts }) => {
  if (Object.keys(keys).length > 0) return
  app.addHook('onRequest', async (request) => {
    if (!request.routeOptions.config.sameOrigin) return
    refuseForeignHost(request, allowedHosts)
    if (request.method !== 'GET' && request.method !== 'HEAD') refuseForeignPage(request, corsOrigins)
  })
})

function refuseForeignHost({ headers }: FastifyRequest, allowedHosts: readonly string[]): void {
  const name = hostName(headers.host ?? '')
  // An address cannot be rebound to another one.
  if (name === 'localhost' || name.endsWith('.localhost') || isIP(name) > 0 || allowedHosts.includes(name))
    return
  throw new Refusal(
    'FOREIGN_ORIGIN',
    `Without keys evaluations are not served under the name ${JSON.stringify(name.slice(0, 100))}.`,
  ).advising('Call localhost or an address, or ask the operator to set keys or MASKSCORE_ALLOWED_HOSTS.')
}

function refuseForeignPage({ headers, protocol }: FastifyRequest, corsOrigins: readonly string[]): void {
  const { origin, host } = headers
  if (origin !== undefined && corsOrigins.includes(origin)) return
  const isForeign = origin !== undefined && origin !== `${protocol}://${host}`
  if (!isForeign && headers['sec-fetch-site'] !== 'cross-site') return
  throw new Refusal('FOREIGN_ORIGIN', 'The call comes from a page of another origin.')
}

/** Of `host:port`; an address of six groups stands in brackets. */
function hostName(host: string): string {
  const [, bracketed] = /^\[([^\]]*)\]/.exec(host) ?? []
  return (bracketed ?? host.replace(/:\d*$/, '')).toLowerCase()
}

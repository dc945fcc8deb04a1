import rateLimit from '@fastify/rate-limit'
import fastifyPlugin from 'fastify-plugin'
import { Refusal } from '../problems/refusal.ts'

export interface RequestRate {
  readonly requests: number
  readonly windowMs: number
}

/** Bounds the requests of one client: of one key, or without keys of one address. Off without a rate. */
export const requestRate = fastifyPlugin<{ rate: RequestRate | undefined }>(async (app, { rate }) => {
  if (!rate) return
  await app.register(rateLimit, {
    max: rate.requests,
    timeWindow: rate.windowMs,
    keyGenerator: (request) => request.record.client ?? request.ip,
    allowList: (request) => request.routeOptions.config.open === true,
    errorResponseBuilder: (_, { max, ttl }) =>
      new Refusal(
        'RATE_LIMITED',
        `More than ${max} requests; the next is taken in ${Math.ceil(ttl / 1000)} s.`,
      ),
  })
})

import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type Limits, limitRules } from '../src/limits.ts'
import type { RouteContract } from '../src/openapi/route-contract.ts'

const descriptions: Readonly<Record<keyof Limits | 'maxRequestBytes', string>> = {
  maxRequestBytes: 'Largest request body, all parts together',
  ...(Object.fromEntries(
    Object.entries(limitRules).map(([key, { description }]) => [key, description]),
  ) as Record<keyof Limits, string>),
}
const keys = Object.keys(descriptions) as (keyof typeof descriptions)[]

/** `maxFileBytes` → `max_file_bytes`, as members of answers are written. */
const member = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const limit = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

const contract: RouteContract = {
  tag: 'Reference',
  summary: 'Limits of this service',
  description:
    'What it refuses, as it is set now, so that a client can check before it sends. `max_file_bytes` is the setting `MASKSCORE_MAX_FILE_BYTES`.',
  answer: {
    'application/json': {
      schema: z.strictObject(
        Object.fromEntries(keys.map((key) => [member(key), limit.describe(descriptions[key])])),
      ),
    },
  },
}

/** The limits in effect, for clients that check their masks before they send them. */
export function limitsRoute(app: FastifyInstance): void {
  const limits = Object.fromEntries(keys.map((key) => [member(key), app.settings[key]]))
  app.get('/v1/limits', { config: { contract } }, async () => limits)
}

import type { FastifyRequest } from 'fastify'
import { Refusal } from '../problems/refusal.ts'

/** @throws Refusal UNSUPPORTED_MEDIA_TYPE for a body that is compressed as a whole */
export function refuseCompressed({ headers }: FastifyRequest): void {
  const { 'content-encoding': encoding = 'identity' } = headers
  if (encoding !== 'identity')
    throw new Refusal(
      'UNSUPPORTED_MEDIA_TYPE',
      'A compressed body is not read: masks are compressed already.',
    )
}

import type { FastifyInstance } from 'fastify'
import { pooledCall } from './pooled-call.ts'

/** The parts of a call that compares two masks. */
const pairParts = {
  ground_truth: 'once',
  prediction: 'once',
  options: 'optional',
  ground_truth_json: 'optional',
  prediction_json: 'optional',
} as const

/** The POST calls under /v1: each names its parts; a worker does the rest. */
export function scoringRoutes(app: FastifyInstance): void {
  pooledCall(app, { url: '/v1/score', call: 'score', parts: pairParts })
  pooledCall(app, { url: '/v1/overlay', call: 'overlay', parts: { ...pairParts, image: 'optional' } })
  pooledCall(app, {
    url: '/v1/inspect',
    call: 'inspect',
    parts: { mask: 'once', options: 'optional', mask_json: 'optional' },
  })
  pooledCall(app, { url: '/v1/table', call: 'table', parts: {} })
  pooledCall(app, {
    url: '/v1/agreement',
    call: 'agreement',
    parts: { masks: 'many', ground_truth: 'optional', options: 'optional' },
  })
}

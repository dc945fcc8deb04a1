import { z } from 'zod'
import { deliveriesSchema, deliverySchema } from '../../src/hooks/delivery.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'

const refusals = ['UNAUTHENTICATED', 'FORBIDDEN', 'RECEIVE_TIMEOUT'] as const

export const labelStudio: RouteContract = {
  tag: 'Labeling tools',
  summary: 'An event of Label Studio',
  description:
    'Acknowledged at once, whatever it is, and worked on later: annotations that were created or updated are scored against the ground truth of their task and against the pre-label they began with.',
  secret: 'bearer',
  body: { json: z.looseObject({ action: z.string() }), example: { action: 'PROJECT_UPDATED' } },
  answer: { 'application/json': { schema: z.strictObject({ status: z.enum(['accepted', 'dropped']) }) } },
  also: { 202: 'Accepted; 200 says that it was dropped, as too much waits' },
  refusals,
}

const cvatAnswerSchema = z.strictObject({
  summary: z.string().describe('For the people who look at the webhook’s deliveries in CVAT'),
  outcome: z.enum([...deliverySchema.shape.outcome.options, 'accepted']),
  code: z.string().optional(),
  delivery: z.string().optional(),
  same_as: z.string().optional(),
  issues_written: z.int().optional(),
  job: deliverySchema.shape.job,
})

export const cvat: RouteContract = {
  tag: 'Labeling tools',
  summary: 'An event of CVAT',
  description:
    'Signed in `X-Signature-256`. For `update:job` the annotations are fetched from the configured CVAT and scored frame by frame against the ground-truth job of the task.',
  secret: 'signature',
  body: { json: z.looseObject({ event: z.string() }) },
  answer: { 'application/json': { schema: cvatAnswerSchema } },
  also: { 202: 'It takes longer than CVAT waits; the deliveries will have the result' },
  refusals: [
    ...refusals,
    'INVALID_ANNOTATION',
    'INPUT_TOO_LARGE',
    'OVERLOADED',
    'TOOL_UNREACHABLE',
    'TOOL_REFUSED',
    'TOOL_ANSWER',
    'QUEUE_FULL',
    'DRAINING',
    'TIMED_OUT',
  ],
}

export const deliveries: RouteContract = {
  tag: 'Labeling tools',
  summary: 'What became of the last 100 events of labeling tools',
  description: 'Newest first; held in memory.',
  answer: { 'application/json': { schema: deliveriesSchema } },
}

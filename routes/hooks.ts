import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type Delivery, deliveriesSchema, deliverySchema } from '../src/hooks/delivery.ts'
import type { RouteContract } from '../src/openapi/route-contract.ts'
import { sendProblem } from '../src/plugins/problem-json.ts'
import { type ProblemCode, problems } from '../src/problems.ts'
import { notConfigured, requireLabelStudioSecret } from './hook-secrets.ts'
import { takeEvent } from './label-studio-events.ts'
import { receiveHook } from './receive-hook.ts'

/** Events of CVAT hold no annotations. */
const maxCvatBytes = 2 ** 20

const refusals = ['UNAUTHENTICATED', 'FORBIDDEN', 'RECEIVE_TIMEOUT'] as const

const labelStudio: RouteContract = {
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

const cvat: RouteContract = {
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

const deliveries: RouteContract = {
  tag: 'Labeling tools',
  summary: 'What became of the last 100 events of labeling tools',
  description: 'Newest first; held in memory.',
  answer: { 'application/json': { schema: deliveriesSchema } },
}

/** What labeling tools call, and where to look what came of it. */
export function hookRoutes(app: FastifyInstance): void {
  const { hooks } = app
  // Their own secrets, not the service's keys.
  const open = true

  app.post(
    '/v1/hooks/label-studio',
    { config: { open, contract: labelStudio }, onRequest: requireLabelStudioSecret },
    async (request, reply) => {
      const status = await takeEvent(request, reply)
      return reply.code(status === 'accepted' ? 202 : 200).send({ status })
    },
  )

  const requireCvatSecret = async () => {
    if (!hooks.cvat.isConfigured) throw notConfigured('CVAT_HOOK_SECRET')
  }
  app.post(
    '/v1/hooks/cvat',
    { config: { open, contract: cvat }, onRequest: requireCvatSecret },
    async (request, reply) => {
      const { startedAt } = request.record
      const bytes = await receiveHook(request, reply, maxCvatBytes)
      const signature = request.headers['x-signature-256']
      const handled = hooks.cvat.handle(bytes, typeof signature === 'string' ? signature : undefined)
      const done = new AbortController()
      const late = sleep(hooks.times.cvatAnswerMs - (performance.now() - startedAt), undefined, {
        signal: done.signal,
      }).catch(() => undefined)
      const delivery = await Promise.race([handled, late]).finally(() => done.abort())
      reply.type('application/json; charset=utf-8')
      if (!delivery) {
        // Nobody waits for it any more; what became of it is in the deliveries.
        handled.catch(() => undefined)
        const summary = 'The job is being scored; GET /v1/hooks/deliveries will have the result.'
        return reply.code(202).send(readable({ summary, outcome: 'accepted' }))
      }
      // CVAT repeats what it gets a 5xx for: right where a later try may succeed, and nowhere else.
      const failure = failureOf(delivery)
      if (failure) return sendProblem(reply, request, failure, delivery.detail ?? problems[failure].title)
      return reply.send(readable(answerOf(delivery)))
    },
  )

  app.get('/v1/hooks/deliveries', { config: { contract: deliveries } }, async () => ({
    deliveries: await hooks.deliveries(),
  }))
}

/** What kept the event from being worked on, where it was not the event itself. */
function failureOf({ outcome, code }: Delivery): ProblemCode | undefined {
  if ((outcome !== 'failed' && outcome !== 'abandoned') || !code || !Object.hasOwn(problems, code))
    return undefined
  return problems[code as ProblemCode].status >= 500 ? (code as ProblemCode) : undefined
}

/** CVAT shows people the text it is answered. */
const readable = (value: object): string => `${JSON.stringify(value, null, 2)}\n`

function answerOf({ id, outcome, detail = outcome, code, same_as, posted, job }: Delivery) {
  return {
    summary: detail,
    outcome,
    ...(code && { code }),
    delivery: id,
    ...(same_as && { same_as }),
    ...(posted !== undefined && { issues_written: posted }),
    ...(job && { job }),
  }
}

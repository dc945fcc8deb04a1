import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Delivery } from '../../src/hooks/delivery.ts'
import { sendProblem } from '../../src/plugins/problem-json.ts'
import { type ProblemCode, problems } from '../../src/problems/catalogue.ts'
import { receiveHook } from '../../src/receiving/receive-hook.ts'
import { cvat, deliveries, labelStudio } from './hook-contracts.ts'
import { notConfigured, requireLabelStudioSecret } from './hook-secrets.ts'
import { takeEvent } from './label-studio-events.ts'

/** Events of CVAT hold no annotations. */
const maxCvatBytes = 2 ** 20

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

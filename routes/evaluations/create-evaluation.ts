import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RunResource } from '../../src/evaluations/ports/ports.ts'
import type { Evaluations } from '../../src/evaluations/ports/store-port.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { callerOf } from '../../src/plugins/evaluation-store.ts'
import { goneSignal } from '../../src/receiving/gone-signal.ts'
import { repeatable } from './idempotency.ts'
import { type AskedEvaluation, receiveEvaluation } from './new-evaluation.ts'
import { evaluationSchema } from './resource-schema.ts'
import { storeRefusals } from './run-contract.ts'
import { seenRun } from './run-of.ts'
import { shownResource } from './shown-resource.ts'
import { evaluationOptionsDocument, newEvaluationSchema } from './source-schema.ts'
import { isOver, waitForState, waitIn } from './wait-for-run.ts'

const contract: RouteContract = {
  tag: 'Evaluations',
  summary: 'Evaluates a whole dataset',
  description:
    'Files are written to the disk as they arrive; the answer comes when they have. It names the evaluation, which is worked on from then on. With `Prefer: wait=30` the answer waits up to that many seconds and is 200 when the evaluation has ended. With an `Idempotency-Key` a repeated call answers the evaluation of the first.',
  body: {
    json: newEvaluationSchema,
    parts: {
      ground_truth: {
        rule: 'optional',
        description: 'zip, tar, tar.gz, or a document of many images; or `dataset`',
      },
      prediction: {
        rule: 'optional',
        description: 'The same; absent where patterns tell both sides of one source apart',
      },
      dataset: { rule: 'optional', description: 'A stored ground truth: `street`, or `street@3`' },
      manifest: {
        rule: 'optional',
        description: 'CSV, TSV or NDJSON whose rows name files of `ground_truth` and `prediction`',
      },
      images: { rule: 'optional', description: 'Photos that are shown under pictures of items' },
      options: {
        rule: 'optional',
        description: 'Options of a pair, of a dataset and of matching, in one object',
        schema: evaluationOptionsDocument,
        example: {},
      },
      name: { rule: 'optional', description: 'How the evaluation is called in lists' },
    },
  },
  status: 202,
  headers: ['location'],
  answer: { 'application/json': { schema: evaluationSchema } },
  also: { 200: 'It has ended within the time of `Prefer: wait`' },
  refusals: [
    ...storeRefusals,
    'MISSING_PART',
    'UNEXPECTED_PART',
    'INVALID_OPTIONS',
    'INPUT_TOO_LARGE',
    'ARCHIVE_TOO_LARGE',
    'RECEIVE_TIMEOUT',
    'OVERLOADED',
    'QUOTA_EXCEEDED',
    'SOURCE_REFUSED',
    'NOT_FOUND',
    'IDEMPOTENCY_MISMATCH',
    'IDEMPOTENCY_IN_PROGRESS',
  ],
}

/** Takes the files of a dataset and has them scored. */
export function createEvaluationRoute(app: FastifyInstance): void {
  app.post(
    '/v1/evaluations',
    { config: { contract, upload: true, sameOrigin: true } },
    async (request, reply) => {
      const waitMs = preferredWait(request.headers.prefer)
      const evaluations = await app.evaluations()
      const run = await createRun(request, reply, evaluations)
      reply.header('location', `${app.settings.basePath}/v1/evaluations/${run.id}`)
      const seen = await seenRun(request, run.id)
      // The evaluation has begun: who cannot wait now is told so far, not refused.
      if (waitMs === undefined || !app.waitPlaces.isFree(seen.owner))
        return reply.code(202).send(shownResource(run, seen))
      const waited = await waitForState(request, reply, seen, run, waitMs)
      reply.header('preference-applied', `wait=${waitMs / 1000}`)
      return reply.code(isOver(waited) ? 200 : 202).send(shownResource(waited, seen))
    },
  )
}

async function createRun(
  request: FastifyRequest,
  reply: FastifyReply,
  evaluations: Evaluations,
): Promise<RunResource> {
  const owner = callerOf(request)
  const call = await repeatable(request, evaluations)
  let asked: AskedEvaluation | undefined
  try {
    const quota = await evaluations.uploads.quota(owner)
    // What the first call began is active itself, and must not keep its repetition out.
    const place = request.server.uploadPlaces.take(
      owner,
      call.isRepeated ? { ...quota, activeRuns: 0 } : quota,
    )
    try {
      asked = await receiveEvaluation(request, evaluations.uploads, place, goneSignal(reply))
      const before = await call.answered(asked)
      if (before) {
        await asked.remove()
        return before
      }
      const { name, options, sources } = asked
      return await evaluations.runs.create({
        owner,
        ...(name !== undefined && { name }),
        options,
        sources,
        ...call.binding(asked),
      })
    } finally {
      place.release()
    }
  } catch (error) {
    await asked?.remove()
    await call.giveBack()
    throw error
  }
}

/** `wait=30` of a Prefer header (RFC 7240) in milliseconds; a preference that is not understood is none. */
function preferredWait(header: string | string[] | undefined): number | undefined {
  const [, seconds] = /(?:^|[,;\s])wait=(\d{1,3})(?=$|[,;\s])/.exec([header ?? ''].flat().join(',')) ?? []
  return seconds === undefined ? undefined : waitIn(String(Math.min(Number(seconds), 60)))
}

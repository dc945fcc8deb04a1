import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ownModelVersion } from '../../src/hooks/label-studio/annotation-scores.ts'
import { predictionsSchema, predictRequestSchema } from '../../src/hooks/label-studio/predictions.ts'
import { notConfigured } from '../../src/hooks/not-configured.ts'
import type { HookCall } from '../../src/hooks/performers.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { workerCall } from '../../src/plugins/worker-call.ts'
import { Refusal } from '../../src/problems/refusal.ts'
import { receiveHook } from '../../src/receiving/receive-hook.ts'
import { closeUnlessReceived } from '../../src/receiving/unread-body.ts'
import { basicOf, sameSecret } from '../../src/secrets.ts'

const base = '/v1/label-studio/ml'
/** A project's settings, which are not looked at. */
const maxSetupBytes = 16 * 2 ** 20

const shared = { tag: 'Labeling tools', secret: 'basic' } as const
const refusals = ['UNAUTHENTICATED', 'FORBIDDEN'] as const
const received = [...refusals, 'RECEIVE_TIMEOUT', 'INPUT_TOO_LARGE', 'OVERLOADED'] as const

const health: RouteContract = {
  ...shared,
  summary: 'Whether the ML backend is there',
  answer: {
    'application/json': { schema: z.strictObject({ status: z.literal('UP'), model_class: z.string() }) },
  },
  refusals,
}
const setup: RouteContract = {
  ...shared,
  summary: 'Label Studio connects a project',
  description: 'Nothing of the body is kept: neither the address nor the token in it is ever used.',
  body: { json: z.looseObject({}), example: { project: '3.1768035600', schema: '<View/>' } },
  answer: { 'application/json': { schema: z.strictObject({ model_version: z.string() }) } },
  refusals: received,
}
const predictContract: RouteContract = {
  ...shared,
  summary: 'Scores tasks for Label Studio',
  description:
    'The newest annotation of each task against the one marked as ground truth; no region is predicted. One result a task, in their order.',
  body: { json: predictRequestSchema, example: { tasks: [{ id: 42, annotations: [] }] } },
  answer: {
    'application/json': {
      schema: predictionsSchema,
    },
  },
  refusals: [...refusals, 'INVALID_ANNOTATION'],
}
const webhook: RouteContract = {
  ...shared,
  summary: 'An event of Label Studio, sent to its ML backend',
  description: 'As POST /v1/hooks/label-studio.',
  body: { json: z.looseObject({}), example: { action: 'START_TRAINING' } },
  answer: {
    'application/json': { schema: z.strictObject({ result: z.strictObject({}), status: z.string() }) },
  },
  also: { 201: 'Accepted; 200 says that it was dropped, as too much waits' },
  refusals: [...refusals, 'RECEIVE_TIMEOUT'],
}

/** The protocol of Label Studio's ML backends: `predict` answers scores, so they show up without any token. */
export function labelStudioMlRoutes(app: FastifyInstance): void {
  const options = (contract: RouteContract) =>
    ({ config: { open: true, contract }, onRequest: requireBasic }) as const

  app.get(`${base}/health`, options(health), async () => ({ status: 'UP', model_class: ownModelVersion }))

  // It brings an address and a token, which are not kept: call backs go where the operator says.
  app.post(`${base}/setup`, options(setup), async (request, reply) => {
    await receiveHook(request, reply, maxSetupBytes)
    return { model_version: ownModelVersion }
  })

  workerCall(app, {
    url: `${base}/predict`,
    call: 'label_studio_predict' satisfies HookCall,
    contract: predictContract,
    guard: requireBasic,
  })

  app.post(`${base}/webhook`, options(webhook), async (request, reply) => {
    const status = await app.hooks.labelStudio.take((maxBytes) => receiveHook(request, reply, maxBytes))
    closeUnlessReceived(request, reply, false)
    return reply
      .code(status === 'accepted' ? 201 : 200)
      .send({ result: {}, status: status === 'accepted' ? 'ok' : status })
  })
}

/** HTTP Basic, the one way in which Label Studio authenticates to an ML backend. */
async function requireBasic({ server, headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { labelStudioBasicUser: user, labelStudioBasicPassword: password } = server.settings
  if (!user || !password) throw notConfigured('LABEL_STUDIO_BASIC_USER', 'LABEL_STUDIO_BASIC_PASSWORD')
  const credentials = basicOf(headers.authorization)
  if (credentials !== undefined && sameSecret(credentials, `${user}:${password}`)) return
  reply.header('www-authenticate', 'Basic realm="maskscore", charset="UTF-8"')
  throw new Refusal(
    'UNAUTHENTICATED',
    credentials === undefined ? 'The request has no HTTP Basic credentials.' : 'User or password is wrong.',
  )
}

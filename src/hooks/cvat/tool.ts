import { z } from 'zod'
import { outcomes } from '../delivery.ts'
import type { HookParts, Tool, WebhookContract } from '../tool.ts'
import { isAuthorised } from '../tool-client.ts'
import { CvatClient } from './client.ts'
import { CvatHook } from './hook.ts'
import { type CvatResult, jobScoresSchema } from './job-scores.ts'

/** What this tool needs to know of the service's settings; named as there. */
export interface CvatSettings {
  readonly cvatUrl?: string | undefined
  readonly cvatToken?: string | undefined
  readonly cvatHookSecret?: string | undefined
  readonly cvatHookSecrets: Readonly<Record<string, string>>
  readonly cvatWriteIssues: boolean
  readonly maxJsonDepth: number
}

const job = jobScoresSchema.optional().describe('CVAT')

const webhook: WebhookContract = {
  url: '/v1/hooks/cvat',
  summary: 'An event of CVAT',
  description:
    'Signed in `X-Signature-256`. For `update:job` the annotations are fetched from the configured CVAT and scored frame by frame against the ground-truth job of the task.',
  secret: 'signature',
  body: { json: z.looseObject({ event: z.string() }), example: undefined },
  answer: z.strictObject({
    summary: z.string().describe('For the people who look at the webhook’s deliveries in CVAT'),
    outcome: z.enum([...outcomes, 'accepted']),
    code: z.string().optional(),
    delivery: z.string().optional(),
    same_as: z.string().optional(),
    issues_written: z.int().optional(),
    job,
  }),
  also: { 202: 'It takes longer than CVAT waits; the deliveries will have the result' },
  refusals: [
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

export const cvat = {
  name: 'cvat',
  webhook,
  scores: { job },
  headline: ({ job }) =>
    job
      ? {
          job: job.job,
          frames: job.frames_scored,
          mi_loss: job.pooled?.mi_loss,
          mean_iou: job.pooled?.mean_iou,
          ...(job.warnings.length > 0 && { warnings: job.warnings.map(({ code }) => code) }),
        }
      : {},
  hook(settings: CvatSettings, parts: HookParts<CvatResult>) {
    const { cvatUrl, cvatToken, cvatHookSecret, cvatHookSecrets, cvatWriteIssues, maxJsonDepth } = settings
    return new CvatHook({
      ...parts,
      secrets: { common: cvatHookSecret, ofWebhook: cvatHookSecrets },
      client: isAuthorised(cvatUrl, cvatToken)
        ? new CvatClient(cvatToken, parts.clientOptions(cvatUrl))
        : undefined,
      writesIssues: cvatWriteIssues,
      maxJsonDepth,
    })
  },
} as const satisfies Tool<CvatSettings, CvatResult, CvatHook>

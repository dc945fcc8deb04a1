import { z } from 'zod'
import type { HookParts, Tool, WebhookContract } from '../tool.ts'
import { isAuthorised } from '../tool-client.ts'
import { annotationScoresSchema, type LabelStudioResult } from './annotation-scores.ts'
import { LabelStudioClient } from './client.ts'
import { LabelStudioHook } from './hook.ts'

/** What this tool needs to know of the service's settings; named as there. */
export interface LabelStudioSettings {
  readonly labelStudioUrl?: string | undefined
  readonly labelStudioToken?: string | undefined
  readonly labelStudioHookSecret?: string | undefined
}

const webhook: WebhookContract = {
  url: '/v1/hooks/label-studio',
  summary: 'An event of Label Studio',
  description:
    'Acknowledged at once, whatever it is, and worked on later: annotations that were created or updated are scored against the ground truth of their task and against the pre-label they began with.',
  secret: 'bearer',
  body: { json: z.looseObject({ action: z.string() }), example: { action: 'PROJECT_UPDATED' } },
  answer: z.strictObject({ status: z.enum(['accepted', 'dropped']) }),
  also: { 202: 'Accepted; 200 says that it was dropped, as too much waits' },
  refusals: [],
}

export const labelStudio = {
  name: 'label_studio',
  webhook,
  scores: { annotations: z.array(annotationScoresSchema).optional().describe('Label Studio') },
  headline: ({ annotations }) =>
    annotations
      ? {
          scores: annotations.map(({ annotation, task, score, against, note }) => ({
            annotation,
            task,
            score,
            against,
            note,
          })),
        }
      : {},
  hook(settings: LabelStudioSettings, parts: HookParts<LabelStudioResult>) {
    const { labelStudioUrl: url, labelStudioToken: token, labelStudioHookSecret: secret } = settings
    return new LabelStudioHook({
      ...parts,
      secret,
      client: isAuthorised(url, token) ? new LabelStudioClient(token, parts.clientOptions(url)) : undefined,
    })
  },
} as const satisfies Tool<LabelStudioSettings, LabelStudioResult, LabelStudioHook>

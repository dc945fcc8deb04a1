import { z } from 'zod'
import type { HookParts, Tool, WebhookContract } from '../tool.ts'
import { ScaleHook } from './hook.ts'
import { ScaleImageClient } from './image-client.ts'
import { type ScaleResult, taskScoresSchema } from './task-scores.ts'

/** What this tool needs to know of the service's settings; named as there. */
export interface ScaleSettings {
  readonly scaleHookSecret?: string | undefined
  readonly scaleImageUrls: readonly string[]
  readonly maxJsonDepth: number
}

const webhook: WebhookContract = {
  url: '/v1/hooks/scale',
  summary: 'A callback of Scale',
  description:
    'Acknowledged and worked on later: the pre-label (`hypothesis`) of a completed `segmentannotation` task is scored against what the annotators made of it. The header `scale-callback-auth` holds the callback auth key.',
  secret: 'callback_key',
  body: { json: z.looseObject({ task_id: z.string().optional() }), example: undefined },
  answer: z.strictObject({ status: z.enum(['accepted', 'ignored', 'duplicate']) }),
  also: { 202: 'Accepted; the deliveries will have the result' },
  refusals: [
    'MALFORMED_JSON',
    'INVALID_ANNOTATION',
    'INPUT_TOO_LARGE',
    'OVERLOADED',
    'QUEUE_FULL',
    'DRAINING',
  ],
}

export const scale = {
  name: 'scale',
  webhook,
  scores: { pre_label: taskScoresSchema.optional().describe('Scale: the pre-label of a task') },
  headline: ({ pre_label }) =>
    pre_label
      ? {
          task: pre_label.task_id,
          mi_loss: pre_label.mi_loss,
          mean_iou: pre_label.mean_iou,
          ...(pre_label.warnings.length > 0 && { warnings: pre_label.warnings }),
        }
      : {},
  hook({ scaleHookSecret, scaleImageUrls, maxJsonDepth }: ScaleSettings, parts: HookParts<ScaleResult>) {
    const images = new ScaleImageClient(scaleImageUrls, parts.clientOptions)
    return new ScaleHook({ ...parts, secret: scaleHookSecret, images, maxJsonDepth })
  },
} as const satisfies Tool<ScaleSettings, ScaleResult, ScaleHook>

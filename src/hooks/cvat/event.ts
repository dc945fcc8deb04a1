import { z } from 'zod'
import { parseJson } from '../../json/parse-json.ts'
import { parseWith } from '../../json/parse-with.ts'

const id = z.int().min(0)
/** More frames than any task has. */
const frame = z.int().min(0).max(1_000_000)

/** A job as CVAT's API and its webhooks describe it; the addresses in it are not read. */
export const jobSchema = z.object({
  id,
  task_id: id,
  type: z.string().default('annotation'),
  state: z.string().default(''),
  dimension: z.string().default('2d'),
  start_frame: frame,
  stop_frame: frame,
  updated_date: z.string().nullish(),
})
export type Job = z.output<typeof jobSchema>

const eventSchema = z.object({
  event: z.string().max(64),
  webhook_id: id.optional(),
  webhook: z.object({ id }).optional(),
  sender: z.object({ id: id.nullish() }).nullish(),
  job: z.unknown().optional(),
})

/** What one webhook of CVAT says. `job` is there for `update:job` alone. */
export interface CvatEvent {
  readonly event: string
  readonly webhook: string | undefined
  readonly sender: number | undefined
  readonly job: Job | undefined
}

/** Bytes → event. Webhooks of CVAT are small: they hold no annotation. */
export function openCvatEvent(bytes: Uint8Array, maxJsonDepth: number): CvatEvent {
  const refusal = { pointer: '', code: 'INVALID_ANNOTATION', what: 'Invalid event' } as const
  const { event, webhook_id, webhook, sender, job } = parseWith(
    eventSchema,
    parseJson(bytes, maxJsonDepth),
    refusal,
  )
  return {
    event,
    webhook: (webhook_id ?? webhook?.id)?.toString(),
    sender: sender?.id ?? undefined,
    job: event === 'update:job' ? parseWith(jobSchema, job, { ...refusal, pointer: '/job' }) : undefined,
  }
}

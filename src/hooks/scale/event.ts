import { z } from 'zod'
import { parseJson } from '../../json/parse-json.ts'
import { parseWith } from '../../json/parse-with.ts'

const entry = z.object({ index: z.int().min(1).max(0xffffff) })
const address = z.url({ protocol: /^https?$/ }).max(8192)

/**
 * A segmentation as the results of Scale hold it: which indexes a label has (one, or one for each object), and where
 * the PNG with the indexes lies. 0 is unlabelled.
 */
const segmentationSchema = z.object({
  labelMapping: z.record(z.string().min(1).max(200), z.union([entry, z.array(entry)])),
  annotations: z.object({
    combined: z.object({ indexedImage: address.optional(), extendedIndexedImage: address.optional() }),
  }),
})
export type Segmentation = z.output<typeof segmentationSchema>

const eventSchema = z.object({
  task_id: z.string().min(1).max(64).optional(),
  task: z
    .object({
      task_id: z.string().min(1).max(64).optional(),
      type: z.string().max(64).default(''),
      status: z.string().max(64).default(''),
      params: z.object({ hypothesis: z.unknown().optional() }).default({}),
    })
    .optional(),
  response: z.unknown().optional(),
})

/** What one callback of Scale says. The segmentations are there for a completed segmentation task alone. */
export interface ScaleEvent {
  /** Empty where the callback names no task. */
  readonly task: string
  readonly type: string
  readonly status: string
  /** What was annotated. */
  readonly response?: Segmentation
  /** The pre-label that the task was created with. */
  readonly hypothesis?: Segmentation
}

export const scoredType = 'segmentannotation'

/**
 * Bytes → event. Callbacks are small: their masks are addresses.
 *
 * @throws Refusal MALFORMED_JSON, INVALID_ANNOTATION
 */
export function openScaleEvent(bytes: Uint8Array, maxJsonDepth: number): ScaleEvent {
  const read = <S extends z.ZodType>(schema: S, value: unknown, pointer: string): z.output<S> =>
    parseWith(schema, value, { pointer, code: 'INVALID_ANNOTATION', what: 'Invalid event' })
  const { task_id, task, response } = read(eventSchema, parseJson(bytes, maxJsonDepth), '')
  const [type, status] = [task?.type ?? '', task?.status ?? '']
  const told = { task: task_id ?? task?.task_id ?? '', type, status }
  if (type !== scoredType || status !== 'completed') return told
  const hypothesis = task?.params.hypothesis
  return {
    ...told,
    response: read(segmentationSchema, response, '/response'),
    ...(hypothesis != null && {
      hypothesis: read(segmentationSchema, hypothesis, '/task/params/hypothesis'),
    }),
  }
}

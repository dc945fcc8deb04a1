import type { ScoringContext } from '../../scoring/context.ts'
import type { MaskInput } from '../../scoring/request/mask-input.ts'
import { compare } from '../comparison.ts'
import type { Segmentation } from './event.ts'
import type { TaskScores } from './task-scores.ts'

type LabelMapping = Segmentation['labelMapping']

/** Our own question beside the two PNGs. */
export interface TaskQuestion {
  readonly task: string
  readonly response: LabelMapping
  readonly hypothesis: LabelMapping
}

/**
 * Scores the pre-label of a task as a prediction, with what was annotated as its ground truth. Labels meet by name:
 * the same name may have another index on each side.
 *
 * @throws Refusal for PNGs that cannot be read, or hold an index without a label
 */
export async function scoreTask(
  { task, response, hypothesis }: TaskQuestion,
  images: { readonly response: Uint8Array; readonly hypothesis: Uint8Array },
  context: ScoringContext,
): Promise<TaskScores> {
  const names = [...new Set([...Object.keys(response), ...Object.keys(hypothesis)])]
  const truth = maskOf(response, images.response, names)
  const prediction = maskOf(hypothesis, images.hypothesis, names)
  return { task_id: task, ...(await compare(truth, prediction, context)) }
}

/** The PNG and its labels in the form that bitmaps of ids beside a document are read in. */
function maskOf(mapping: LabelMapping, png: Uint8Array, names: readonly string[]): MaskInput {
  const categories = names.map((name, at) => ({ id: at + 1, name }))
  const annotations = categories.flatMap(({ id: category_id, name }) =>
    (Object.hasOwn(mapping, name) ? [mapping[name]].flat() : []).map(({ index }) => ({
      id: index,
      category_id,
    })),
  )
  const document = { format: 'segments_ai', data: { annotations, categories } }
  const image_data = Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString('base64')
  return { kind: 'annotation', format: 'segments_ai', document: { ...document, image_data } }
}

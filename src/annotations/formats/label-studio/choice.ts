import { dateOf } from '../../../json/date-of.ts'
import type { JsonNode } from '../../../json/json-node.ts'
import { pickOne } from '../../reading/pick-one.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import { isFileOf, taskNames } from './task-names.ts'

/** A result, and what is left to choose within it. */
export interface FoundResult {
  readonly result: JsonNode
  /** The task that it is of, where the document has it. */
  readonly task?: JsonNode
  /** What names one image of several in the result. */
  readonly image: string | number | undefined
}

/**
 * Finds the result array in what Label Studio exports or sends: an export (array of tasks), a task, an
 * annotation or prediction, an array of those, a webhook's body, or the result itself. Of a task's annotations
 * the option `annotation` names one, else it is the newest that was not cancelled; a task without
 * annotations gives its newest prediction.
 */
export function findResult(document: JsonNode, context: ReadContext): FoundResult {
  const { image } = context.options
  if (document.isArray) {
    if (document.length === 0) return { result: document, image }
    const first = document.item(0)
    if (first.field('result').isArray) return { result: chooseAnnotation(document, context), image }
    return isTask(first) ? chooseTask(document, context) : { result: document, image }
  }
  document.object()
  if (document.field('result').isArray) return { result: document.field('result'), image }
  const sent = document.field('annotation')
  if (sent.isObject || sent.isArray) return findResult(sent, context)
  return { result: resultOfTask(document, context), task: document, image }
}

function isTask(node: JsonNode): boolean {
  return node.field('annotations').isArray || node.field('predictions').isArray || !node.field('type').exists
}

/** `image` names a task by id or file; an image within it by what follows the id and a slash ("12/after"). */
function chooseTask(tasks: JsonNode, context: ReadContext): FoundResult {
  const { image } = context.options
  const all = [...tasks.items()]
  const found = (task: JsonNode, within: string | number | undefined): FoundResult => ({
    result: resultOfTask(task, context),
    task,
    image: within,
  })
  const [, id, within] = /^(\d+)\/([^/]+)$/s.exec(String(image)) ?? []
  const withId = all.filter((task) => id !== undefined && String(task.field('id').value) === id)
  if (withId.length === 1) return found(withId[0], within)
  // Of the only task `image` may name one of its images.
  if (all.length === 1) return found(all[0], image)
  const task = pickOne(all, { place: tasks, what: 'task', ...taskNames, wanted: image })
  return found(task, isFileOf(task, image) ? image : undefined)
}

function resultOfTask(task: JsonNode, context: ReadContext): JsonNode {
  task.object()
  const annotations = task.field('annotations')
  if (annotations.isArray && annotations.length > 0) return chooseAnnotation(annotations, context)
  const predictions = task.field('predictions')
  if (predictions.isArray && predictions.length > 0) return chooseAnnotation(predictions, context)
  if (annotations.isArray) throw annotations.refuse('is empty: the task has no annotation')
  return task
}

function chooseAnnotation(annotations: JsonNode, { options }: ReadContext): JsonNode {
  const all = [...annotations.items()]
  if (options.annotation !== undefined) {
    const ids = (annotation: JsonNode) => [annotation.field('id').value, annotation.field('unique_id').value]
    const [what, option] = ['annotation', 'annotation'] as const
    return resultOf(pickOne(all, { place: annotations, what, ids, wanted: options.annotation, option }))
  }
  const valid = all.filter((annotation) => annotation.field('was_cancelled').value !== true)
  if (valid.length === 0) throw annotations.refuse('holds only cancelled annotations')
  // Without dates the later in the list counts as newer.
  const newest = valid.reduce((best, next) => ((dateOf(next) ?? '') >= (dateOf(best) ?? '') ? next : best))
  return resultOf(newest)
}

function resultOf(annotation: JsonNode): JsonNode {
  const result = annotation.object().field('result')
  result.array()
  return result
}

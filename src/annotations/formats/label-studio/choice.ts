import { dateOf } from '../../../json/date-of.ts'
import type { JsonNode } from '../../../json/json-node.ts'
import { pickOne } from '../../reading/pick-one.ts'
import type { ReadContext } from '../../reading/read-context.ts'

/**
 * Finds the result array in what Label Studio exports or sends: an export (array of tasks), a task, an
 * annotation or prediction, an array of those, a webhook's body, or the result itself. Of a task's annotations
 * the option `annotation` names one, else it is the newest that was not cancelled; a task without
 * annotations gives its newest prediction.
 */
export function findResult(document: JsonNode, context: ReadContext): JsonNode {
  if (document.isArray) {
    if (document.length === 0) return document
    const first = document.item(0)
    if (first.field('result').isArray) return chooseAnnotation(document, context)
    return isTask(first) ? findResult(chooseTask(document, context), context) : document
  }
  document.object()
  if (document.field('result').isArray) return document.field('result')
  const sent = document.field('annotation')
  if (sent.isObject || sent.isArray) return findResult(sent, context)
  const annotations = document.field('annotations')
  if (annotations.isArray && annotations.length > 0) return chooseAnnotation(annotations, context)
  const predictions = document.field('predictions')
  if (predictions.isArray && predictions.length > 0) return chooseAnnotation(predictions, context)
  if (annotations.isArray) throw annotations.refuse('is empty: the task has no annotation')
  return document
}

function isTask(node: JsonNode): boolean {
  return node.field('annotations').isArray || node.field('predictions').isArray || !node.field('type').exists
}

function chooseTask(tasks: JsonNode, { options }: ReadContext): JsonNode {
  const names = (task: JsonNode) => [task.field('id').value, task.field('inner_id').value]
  return pickOne([...tasks.items()], { place: tasks, what: 'task', names, wanted: options.image })
}

function chooseAnnotation(annotations: JsonNode, { options }: ReadContext): JsonNode {
  const all = [...annotations.items()]
  if (options.annotation !== undefined) {
    const names = (annotation: JsonNode) => [
      annotation.field('id').value,
      annotation.field('unique_id').value,
    ]
    const option = 'annotation'
    const choice = {
      place: annotations,
      what: 'annotation',
      names,
      wanted: options.annotation,
      option,
    } as const
    return resultOf(pickOne(all, choice))
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

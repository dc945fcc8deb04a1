import { dateOf } from '../../json/date-of.ts'
import type { JsonNode } from '../../json/json-node.ts'
import { ownModelVersion } from './annotation-scores.ts'
import { idOf } from './ids.ts'

/** Whether an annotation or prediction has its result with it. */
export const isResult = (node: JsonNode): boolean => node.field('result').isArray

/** The annotations of a task that count: with a result and not cancelled. */
function validAnnotations(task: JsonNode): JsonNode[] {
  const list = task.field('annotations')
  if (!list.isArray) return []
  return [...list.items()].filter(
    (annotation) => isResult(annotation) && annotation.field('was_cancelled').value !== true,
  )
}

const isGroundTruth = (annotation: JsonNode) => annotation.field('ground_truth').value === true

/** The annotation of a task that is marked as ground truth, unless it is the one to be scored. */
export function groundTruthOf(task: JsonNode, scored?: JsonNode): JsonNode | undefined {
  const id = scored && idOf(scored)
  return validAnnotations(task).find(
    (annotation) => isGroundTruth(annotation) && (id === undefined || idOf(annotation) !== id),
  )
}

/** The newest annotation that is not marked as ground truth. */
export function latestOf(task: JsonNode): JsonNode | undefined {
  const others = validAnnotations(task).filter((annotation) => !isGroundTruth(annotation))
  return others.reduce<JsonNode | undefined>(
    (newest, next) =>
      newest === undefined || (dateOf(next) ?? '') >= (dateOf(newest) ?? '') ? next : newest,
    undefined,
  )
}

export function annotationWithId(task: JsonNode, id: number | null): JsonNode | undefined {
  return validAnnotations(task).find((annotation) => id !== null && idOf(annotation) === id)
}

/** Whether a prediction is a score that was written back, and so nothing that an annotator began with. */
export function isOwn(prediction: JsonNode): boolean {
  const { value } = prediction.field('model_version')
  return typeof value === 'string' && value.startsWith(ownModelVersion)
}

/** The prediction of a task that holds an earlier score of ours. */
export function ownPrediction(task: JsonNode): number | undefined {
  const list = task.field('predictions')
  const own = list.isArray ? [...list.items()].find((item) => item.isObject && isOwn(item)) : undefined
  return (own && idOf(own)) ?? undefined
}

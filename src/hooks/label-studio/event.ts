import { createHash } from 'node:crypto'
import { dateOf } from '../../json/date-of.ts'
import { JsonNode } from '../../json/json-node.ts'
import { parseJson } from '../../json/parse-json.ts'
import { idOf } from './ids.ts'
import { groundTruthOf, isResult } from './task.ts'

/** One annotation of an event, with its task; either may be a node without a value. */
export interface EventAnnotation {
  readonly annotation: JsonNode
  readonly task: JsonNode
}

export interface LabelStudioEvent {
  readonly action: string
  readonly annotations: readonly EventAnnotation[]
}

/**
 * A webhook's body. The key `annotation` holds one annotation, or a list for ANNOTATIONS_CREATED, and `task`
 * likewise; one of the two may be missing. With "send payload" off there is only the action.
 */
export function openEvent(bytes: Uint8Array, maxJsonDepth: number): LabelStudioEvent {
  const body = new JsonNode(parseJson(bytes, maxJsonDepth)).object()
  const action = body.field('action')
  const tasks = listOf(body.field('task'))
  const taskOf = (annotation: JsonNode) =>
    tasks.find((task) => task.field('id').value === annotation.field('task').value) ??
    (tasks.length === 1 ? tasks[0] : new JsonNode(undefined))
  const annotated = listOf(body.field('annotation'))
  const annotations =
    annotated.length > 0
      ? annotated.map((annotation) => ({ annotation, task: taskOf(annotation) }))
      : tasks.map((task) => ({ annotation: new JsonNode(undefined), task }))
  return { action: typeof action.value === 'string' ? action.value.slice(0, 64) : '', annotations }
}

const listOf = (node: JsonNode): JsonNode[] =>
  node.isArray ? [...node.items()].filter((item) => item.isObject) : node.isObject ? [node] : []

/** What is known of an event before anything of it is scored. */
export interface EventFacts {
  readonly action: string
  /** sha256 of the body. */
  readonly fingerprint: string
  readonly annotations: readonly AnnotationFacts[]
}

export interface AnnotationFacts {
  readonly id: number | null
  readonly task: number | null
  readonly updatedAt: string | null
  /** Whether something that scoring needs is not in the payload. */
  readonly needsTask: boolean
}

export function eventFacts(bytes: Uint8Array, maxJsonDepth: number): EventFacts {
  const { action, annotations } = openEvent(bytes, maxJsonDepth)
  return {
    action,
    fingerprint: createHash('sha256').update(bytes).digest('hex'),
    annotations: annotations.map(({ annotation, task }) => ({
      id: idOf(annotation.field('id')),
      task: idOf(annotation.field('task')) ?? idOf(task.field('id')),
      updatedAt: dateOf(annotation) ?? null,
      needsTask: !isResult(annotation) || !groundTruthOf(task, annotation),
    })),
  }
}

import { JsonNode } from '../../json/json-node.ts'
import { parseJson } from '../../json/parse-json.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import type { AnnotationScores } from './annotation-scores.ts'
import { compareResults } from './compare-results.ts'
import { type EventAnnotation, openEvent } from './event.ts'
import { idOf } from './ids.ts'
import { annotationWithId, groundTruthOf, isOwn, isResult, latestOf, ownPrediction } from './task.ts'

/**
 * Scores the annotations of an event that stand at `positions`. `tasks` are answers of Label Studio's API for
 * what the payload lacks. A refusal concerns its annotation alone.
 */
export async function scoreEvent(
  event: Uint8Array,
  tasks: readonly Uint8Array[],
  positions: readonly number[],
  context: ScoringContext,
): Promise<AnnotationScores[]> {
  const depth = context.limits.maxJsonDepth
  const { annotations } = openEvent(event, depth)
  const answers = tasks.map((bytes) => new JsonNode(parseJson(bytes, depth)))
  const scores: AnnotationScores[] = []
  for (const position of positions)
    scores.push(await scoreAnnotation(annotations[position], answers, context))
  return scores
}

async function scoreAnnotation(
  { annotation, task }: EventAnnotation,
  answers: readonly JsonNode[],
  context: ScoringContext,
): Promise<AnnotationScores> {
  const taskId = idOf(annotation.field('task')) ?? idOf(task.field('id'))
  const answer = answers.find((task) => taskId !== null && idOf(task) === taskId) ?? new JsonNode(undefined)
  const ownId = ownPrediction(answer)
  const drawn = drawnOf(annotation, answer)
  const scores: AnnotationScores = {
    annotation: idOf(annotation.field('id')) ?? (drawn ? idOf(drawn) : null),
    task: taskId,
    annotator: idOf((drawn ?? annotation).field('completed_by')),
    score: null,
    against: null,
    ...(ownId !== undefined && { own_prediction: ownId }),
  }
  const skipped = whySkipped(annotation, drawn)
  if (skipped || !drawn) return { ...scores, note: skipped }
  try {
    return { ...scores, ...(await comparisons(drawn, annotation, [task, answer], context)) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ...scores, note: error.message, code: error.code }
  }
}

/** What was drawn: as the payload has it, else as the task has it now. A payload that names none means the newest. */
function drawnOf(annotation: JsonNode, answer: JsonNode): JsonNode | undefined {
  if (isResult(annotation)) return annotation
  return annotation.exists ? annotationWithId(answer, idOf(annotation)) : latestOf(answer)
}

function whySkipped(annotation: JsonNode, drawn: JsonNode | undefined): string | undefined {
  const isMarked = (mark: string) => [annotation, drawn].some((node) => node?.field(mark).value === true)
  if (isMarked('was_cancelled')) return 'The annotation was cancelled.'
  if (isMarked('ground_truth')) return 'The annotation is the ground truth itself.'
  if (!drawn) return 'The payload has no result: switch on "Send payload", or set a token to fetch the task.'
  return undefined
}

async function comparisons(
  drawn: JsonNode,
  annotation: JsonNode,
  tasks: readonly JsonNode[],
  context: ScoringContext,
): Promise<Partial<AnnotationScores>> {
  const truth = tasks.map((task) => groundTruthOf(task, drawn)).find((found) => found)
  const preLabel = annotation.field('prediction')
  const scores: Partial<AnnotationScores> = {}
  if (truth)
    scores.ground_truth = {
      ...(await compareResults(truth, drawn, context)),
      annotation: idOf(truth),
    }
  if (isResult(preLabel) && !isOwn(preLabel)) {
    const version = preLabel.field('model_version').value
    scores.drift = {
      ...(await compareResults(drawn, preLabel, context)),
      prediction: idOf(preLabel),
      model_version: typeof version === 'string' ? version.slice(0, 200) : null,
    }
  }
  const counts = scores.ground_truth ?? scores.drift
  if (!counts)
    return {
      note: 'No annotation of the task is marked as ground truth, and the annotation did not begin with a prediction.',
    }
  const notes = [scores.ground_truth, scores.drift].flatMap((compared) => compared?.notes ?? [])
  const note = notes.length > 0 && { note: `Warning ${[...new Set(notes)].join(' Warning ')}` }
  const against = scores.ground_truth ? 'ground_truth' : 'pre_label'
  return { ...scores, ...note, against, score: counts.mi_loss === null ? null : 1 - counts.mi_loss }
}

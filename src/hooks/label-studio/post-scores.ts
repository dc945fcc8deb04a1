import { Refusal } from '../../problems/refusal.ts'
import type { Result } from '../delivery.ts'
import type { AnnotationScores } from './annotation-scores.ts'
import type { LabelStudioClient } from './client.ts'

/** Writes scores back as prediction scores, one a task: of several annotations of a task the last one counts. */
export async function postScores(
  client: LabelStudioClient | undefined,
  annotations: readonly AnnotationScores[],
  signal: AbortSignal,
): Promise<Pick<Result, 'posted' | 'code' | 'detail'>> {
  if (!client) return {}
  const scores = new Map(
    annotations.flatMap(({ task, score, against, own_prediction }) =>
      task === null || score === null || against === null
        ? []
        : [[task, { task, score, against, earlier: own_prediction }] as const],
    ),
  )
  let posted = 0
  try {
    for (const score of scores.values()) {
      await client.postScore(score, signal)
      posted++
    }
    return scores.size > 0 ? { posted } : {}
  } catch (error) {
    // The scores are there and are written down; only Label Studio does not show them.
    if (!(error instanceof Refusal) || signal.aborted) throw error
    return { posted, code: error.code, detail: `The score could not be written back: ${error.message}` }
  }
}

import { JsonNode } from '../../json/json-node.ts'
import { parseJson } from '../../json/parse-json.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import { ownModelVersion } from './annotation-scores.ts'
import { compareResults } from './compare-results.ts'
import type { Predictions } from './predictions.ts'
import { groundTruthOf, latestOf } from './task.ts'

/**
 * The `predict` call of an ML backend: an answer for every task, in their order, as Label Studio throws away
 * a batch of another length. The tasks bring their annotations, so no call back is needed.
 */
export async function predict(body: Uint8Array, context: ScoringContext): Promise<Predictions> {
  const tasks = new JsonNode(parseJson(body, context.limits.maxJsonDepth)).object().field('tasks')
  const results: Predictions['results'] = []
  for (const task of tasks.items())
    results.push({ result: [], model_version: ownModelVersion, ...(await scoreTask(task, context)) })
  return { results, model_version: ownModelVersion }
}

async function scoreTask(
  task: JsonNode,
  context: ScoringContext,
): Promise<Pick<Predictions['results'][number], 'score' | 'detail'>> {
  const truth = groundTruthOf(task)
  const latest = latestOf(task)
  if (!truth) return { score: null, detail: 'No annotation of the task is marked as ground truth.' }
  if (!latest) return { score: null, detail: 'The task has no annotation beside its ground truth.' }
  try {
    const { mi_loss, notes, reasons } = await compareResults(truth, latest, context)
    const told = [...Object.values(reasons).slice(0, mi_loss === null ? 1 : 0), ...notes]
    return {
      score: mi_loss === null ? null : 1 - mi_loss,
      ...(told.length > 0 && { detail: told.join(' ') }),
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { score: null, detail: `${error.code}: ${error.message}` }
  }
}

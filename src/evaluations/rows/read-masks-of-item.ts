import { Refusal } from '../../problems/refusal.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import type { ScoreOptions } from '../../scoring/request/options.ts'
import type { Item } from '../sources/item.ts'
import { readContent } from '../sources/read-content.ts'

/**
 * Both masks of an item, to be looked at once more after it was scored.
 * @param scoring options of the item
 * @throws Refusal PREDICTION_MISSING, and those of `readContent`
 */
export async function readMasksOfItem(
  { groundTruth, prediction }: Pick<Item, 'groundTruth' | 'prediction'>,
  scoring: ScoreOptions,
  context: ScoringContext,
) {
  if (prediction === undefined) throw new Refusal('PREDICTION_MISSING', 'No prediction has this key.')
  const { stack } = scoring
  return {
    groundTruth: await readContent(groundTruth, { ...scoring.ground_truth, stack }, context),
    prediction: await readContent(prediction, { ...scoring.prediction, stack }, context),
  }
}

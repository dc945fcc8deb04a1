import type { ScoringContext } from '../../scoring/context.ts'
import { labelPlanesOfPair } from '../../scoring/planes/labels.ts'
import type { PlaneName, View } from '../../scoring/planes/options.ts'
import { planesResult } from '../../scoring/planes/planes-result.ts'
import { StageClock } from '../../scoring/stage-clock.ts'
import type { Result } from '../../tasks/performer.ts'
import { optionsOfItem } from '../rows/score-item.ts'
import { type ItemMasks, readUnchanged } from './scored-again.ts'

/** Planes of an item, as `POST /v1/labels` answers them. Plain data. */
export interface ItemPlanes extends ItemMasks {
  readonly planes: readonly PlaneName[]
  readonly view: View
  readonly match: 'names' | 'shapes'
  readonly accept?: string
}

/**
 * The labels of an item, where its masks differ and what each pixel loses. The ground truth alone is answered also where the
 * prediction is missing or cannot be read.
 * @throws Refusal SOURCE_CHANGED, PREDICTION_MISSING, and those of `labelPlanesOfPair`
 */
export async function planesOfItem(asked: ItemPlanes, context: ScoringContext): Promise<Result> {
  const { planes, view, match, accept } = asked
  const masks = planes.every((name) => name === 'ground_truth') ? truthTwice(asked) : asked
  const clock = new StageClock()
  const pair = await clock.run('decode', () => readUnchanged(masks, context))
  const options = { ...optionsOfItem(masks.item, masks.run), ...view, planes: [...planes], match }
  return planesResult(await labelPlanesOfPair(pair, options, context, clock), clock, accept)
}

/** The ground truth as its own prediction. */
function truthTwice({ item, run, sha256: [known] }: ItemMasks): ItemMasks {
  const scoring = optionsOfItem(item, run)
  return {
    item: { ...item, prediction: item.groundTruth, options: {} },
    run: { scoring: { ...scoring, prediction: scoring.ground_truth } },
    sha256: [known, known],
  }
}

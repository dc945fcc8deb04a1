import type { ScoringContext } from '../../scoring/context.ts'
import { labelPlanesOfPair } from '../../scoring/planes/labels.ts'
import type { PlaneName, View } from '../../scoring/planes/options.ts'
import type { Plane } from '../../scoring/planes/plane.ts'
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
  /** The same item in another run, for the plane `change`. */
  readonly before?: ItemMasks
}

/**
 * The labels of an item, where its masks differ and what each pixel loses. The ground truth alone is answered also where the
 * prediction is missing or cannot be read.
 * @throws Refusal SOURCE_CHANGED, PREDICTION_MISSING, and those of `labelPlanesOfPair`
 */
export async function planesOfItem(asked: ItemPlanes, context: ScoringContext): Promise<Result> {
  const { planes, view, match, accept, before } = asked
  const masks = planes.every((name) => name === 'ground_truth') ? truthTwice(asked) : asked
  const clock = new StageClock()
  const planesOf = async ({ item, run, ...masks }: ItemMasks, seen: Seen, codes?: Plane['values']) => {
    const pair = await clock.run('decode', () => readUnchanged({ item, run, ...masks }, context))
    return labelPlanesOfPair(pair, { ...optionsOfItem(item, run), ...seen, match }, context, clock, codes)
  }
  const codes = before && (await planesOf(before, { planes: ['difference'], level: 0 })).planes[0].values
  return planesResult(await planesOf(masks, { planes, ...view }, codes), clock, accept)
}

type Seen = View & { readonly planes: readonly PlaneName[] }

/** The ground truth as its own prediction. */
function truthTwice({ item, run, sha256: [known] }: ItemMasks): ItemMasks {
  const scoring = optionsOfItem(item, run)
  return {
    item: { ...item, prediction: item.groundTruth, options: {} },
    run: { scoring: { ...scoring, prediction: scoring.ground_truth } },
    sha256: [known, known],
  }
}

import { type PairAddress, writePairAddress } from '../address/pair-address.ts'
import type { Report } from '../api/types.ts'
import type { View } from '../masks/view.ts'
import type { LoadedPair } from './loaded-pair.ts'

type Link = Pick<PairAddress, 'groundTruth' | 'prediction'>

/** The address that shows a pair as it is seen now, to whoever has its files. */
export function linkToPair(
  pair: LoadedPair | undefined,
  view: View | undefined,
  seen: Pick<PairAddress, 'layer' | 'options' | 'isExample'>,
): string {
  return writePairAddress({
    ...seen,
    match: pair?.match,
    zoom: view?.zoom,
    centre: view && [view.x, view.y],
    groundTruth: pair?.report.ground_truth.sha256.slice(0, 8),
    prediction: pair?.report.prediction.sha256.slice(0, 8),
  })
}

/** Whether a link is about these files; one that names none is about any. */
export const isPairOf = ({ ground_truth, prediction }: Report, link: Link): boolean =>
  ground_truth.sha256.startsWith(link.groundTruth ?? '') &&
  prediction.sha256.startsWith(link.prediction ?? '')

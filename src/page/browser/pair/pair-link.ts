import { type PairAddress, writePairAddress } from '../address/pair-address.ts'
import type { ViewAddress } from '../address/view-address.ts'
import type { Report } from '../api/types.ts'
import type { LoadedPair } from './loaded-pair.ts'

type Link = Pick<PairAddress, 'groundTruth' | 'prediction'>

/** The address that shows a pair as it is seen now, to whoever has its files. */
export function linkToPair(
  pair: LoadedPair | undefined,
  look: ViewAddress,
  seen: Pick<PairAddress, 'options' | 'isExample'>,
): string {
  return writePairAddress({
    ...look,
    ...seen,
    match: pair?.match,
    groundTruth: pair?.report.ground_truth.sha256.slice(0, 8),
    prediction: pair?.report.prediction.sha256.slice(0, 8),
  })
}

/** Whether a link is about these files; one that names none is about any. */
export const isPairOf = ({ ground_truth, prediction }: Report, link: Link): boolean =>
  ground_truth.sha256.startsWith(link.groundTruth ?? '') &&
  prediction.sha256.startsWith(link.prediction ?? '')

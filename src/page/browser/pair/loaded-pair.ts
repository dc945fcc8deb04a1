import type { Report } from '../api/types.ts'
import { loseInBackground } from '../masks/lose-in-background.ts'
import { type LabelArray, readPlanes } from '../masks/npy.ts'
import { type PairCounts, PairLosses } from '../masks/pair-counts.ts'
import type { Match, PairSource } from './pair-source.ts'

/** A pair that was scored, with its pixels. */
export interface LoadedPair {
  readonly source: PairSource
  readonly report: Report
  readonly match: Match
  readonly width: number
  readonly height: number
  /** Labels of the files. */
  readonly groundTruth: LabelArray
  readonly prediction: LabelArray
  /** What is counted: labels or components. */
  readonly partition: { readonly groundTruth: LabelArray; readonly prediction: LabelArray }
  /** Codes of the difference. */
  readonly codes: LabelArray
  readonly pairs: PairCounts
  readonly losses: PairLosses
  /** The loss of each pixel by its place on the ramp. */
  readonly lossPlane: Uint8Array
  readonly names: ReadonlyMap<number, string>
}

/**
 * Has a pair scored and its pixels sent.
 * @throws ServiceProblem where the service refuses, DOMException where `signal` ends it
 */
export async function loadPair(source: PairSource, match: Match, signal: AbortSignal): Promise<LoadedPair> {
  const { hasPartition } = source
  const planeNames = [
    ...['ground_truth', 'prediction', 'difference'],
    ...(hasPartition ? ['partition_ground_truth', 'partition_prediction'] : []),
  ]
  // Side by side: neither needs the other. When the scoring is refused, that is what is told.
  const planesAsked = source.planes(planeNames, match, signal)
  planesAsked.catch(() => undefined)
  const report = await source.report(signal)
  const { width, height, planes } = readPlanes(await planesAsked)
  const [groundTruth, prediction, codes, ...counted] = planes
  const [ofTruth, ofPrediction] = hasPartition ? counted : [groundTruth, prediction]
  const partition = { groundTruth: ofTruth, prediction: ofPrediction }
  const { pairs, plane } = await loseInBackground({ ...partition, codes })
  const names = new Map(
    (report.overlap?.per_class ?? []).flatMap(({ label, name }) =>
      name === undefined ? [] : [[label, name] as const],
    ),
  )
  const losses = new PairLosses(pairs)
  const masks = { groundTruth, prediction, partition, codes }
  return { source, report, match, width, height, ...masks, pairs, losses, lossPlane: plane, names }
}

/** The same pair with its labels matched otherwise: only the difference is asked for again. */
export async function rematched(pair: LoadedPair, match: Match, signal: AbortSignal): Promise<LoadedPair> {
  const { planes } = readPlanes(await pair.source.planes(['difference'], match, signal))
  return { ...pair, match, codes: planes[0] }
}

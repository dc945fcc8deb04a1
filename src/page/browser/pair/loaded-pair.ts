import type { Report } from '../api/types.ts'
import { type HeldMasks, isHeld } from '../masks/held-masks.ts'
import { loseInBackground } from '../masks/lose-in-background.ts'
import { type LabelArray, readPlanes } from '../masks/npy.ts'
import { type PairCounts, PairLosses, pairsOfTriples } from '../masks/pair-counts.ts'
import type { RegionMasks } from '../masks/shown-masks.ts'
import type { Match, PairSource } from './pair-source.ts'
import { regionsOf } from './regions-of.ts'

/** A pair that was scored, with its pixels. */
export interface LoadedPair {
  readonly source: PairSource
  readonly report: Report
  readonly match: Match
  readonly width: number
  readonly height: number
  readonly masks: HeldPair | RegionMasks
  readonly pairs: PairCounts
  readonly names: ReadonlyMap<number, string>
}

/** A pair whose pixels are all there. */
interface HeldPair extends HeldMasks {
  /** What is counted: labels or components. */
  readonly partition: { readonly groundTruth: LabelArray; readonly prediction: LabelArray }
  readonly losses: PairLosses
}

/**
 * Has a pair scored and its pixels sent; of very large masks those that are seen, when they are.
 * @throws ServiceProblem where the service refuses, DOMException where `signal` ends it
 */
export async function loadPair(source: PairSource, match: Match, signal: AbortSignal): Promise<LoadedPair> {
  const size = await source.size()
  // Side by side where it is known that both fit: neither needs the other.
  const early = size && isHeld(size) ? heldPlanes(source, match, signal) : undefined
  // When the scoring is refused, that is what is told.
  early?.catch(() => undefined)
  const report = await source.report(early === undefined, signal)
  const { width, height } = report
  const names = new Map(
    (report.overlap?.per_class ?? []).flatMap(({ label, name }) =>
      name === undefined ? [] : [[label, name] as const],
    ),
  )
  const pair = { source, report, match, width, height, names }
  if (!isHeld(report)) {
    // It was asked for with all masks that are not known to be held.
    if (!report.contingency) throw new Error('the report does not tell how labels meet')
    return {
      ...pair,
      masks: regionsOf(source, report, match),
      pairs: pairsOfTriples(report.contingency),
    }
  }
  return { ...pair, ...(await (early ?? heldPlanes(source, match, signal))) }
}

async function heldPlanes(source: PairSource, match: Match, signal: AbortSignal) {
  const { hasPartition } = source
  const planeNames = [
    ...['ground_truth', 'prediction', 'difference'],
    ...(hasPartition ? ['partition_ground_truth', 'partition_prediction'] : []),
  ]
  const { planes, ...size } = readPlanes(await source.planes(planeNames, match, signal))
  const [groundTruth, prediction, codes, ...counted] = planes
  const [ofTruth, ofPrediction] = hasPartition ? counted : [groundTruth, prediction]
  const partition = { groundTruth: ofTruth, prediction: ofPrediction }
  const { pairs, plane: lossPlane } = await loseInBackground({ ...partition, codes })
  const losses = new PairLosses(pairs)
  return { masks: { ...size, groundTruth, prediction, partition, codes, lossPlane, losses }, pairs }
}

/** The same pair with its labels matched otherwise: only the difference is asked for again. */
export async function rematched(pair: LoadedPair, match: Match, signal: AbortSignal): Promise<LoadedPair> {
  const { source, masks, report } = pair
  if ('regions' in masks) return { ...pair, match, masks: regionsOf(source, report, match) }
  const { planes } = readPlanes(await source.planes(['difference'], match, signal))
  return { ...pair, match, masks: { ...masks, codes: planes[0] } }
}

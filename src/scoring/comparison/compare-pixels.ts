import type { DifferenceRules } from '../../labels/difference.ts'
import { byNames, differenceMap } from '../../labels/difference.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import { paintPairs } from '../../labels/paint-pairs.ts'
import { pixelLoss } from '../../metrics/information/pixel-loss.ts'
import { UndefinedScore } from '../../metrics/numbers/undefined-score.ts'
import { renamingOf } from '../../metrics/regions/best-renaming.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import { pairLookup } from '../../metrics/table/pair-lookup.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { ScoringContext } from '../context.ts'
import { countPair } from '../pair/count-pair.ts'
import type { KeptPixels, MapPair } from '../pair/kept-pixels.ts'
import { openPair } from '../pair/open-pair.ts'
import type { Pair, PairInput } from '../pair/pair.ts'
import { withSpacingOfFile } from '../pair/spacing-of-file.ts'
import { scoreOptionsSchema } from '../request/options.ts'
import type { StageClock } from '../stage-clock.ts'
import type { ComparisonOptions } from './options.ts'

/** Two masks of one image, and what they are compared by, pixel by pixel. */
export interface ComparedPixels {
  /** As the files have them, the prediction resized where that was asked for. */
  readonly files: MapPair
  readonly pair: Pair
  readonly pixels: KeptPixels
  readonly partition: ContingencyTable
  /** How labels are matched: as asked for, else by what they are. */
  readonly match: 'names' | 'shapes'
}

/**
 * Opens two masks and counts them in the order of `countPair`.
 * @param options what `parsePairOptions` read
 * @throws Refusal MULTI_PAGE for volumes, and those of `scorePair`
 */
export async function comparePixels(
  masks: PairInput,
  options: ComparisonOptions,
  context: ScoringContext,
  clock: StageClock,
): Promise<ComparedPixels> {
  const { match, ...chosen } = options
  const asked = { ...scoreOptionsSchema.parse({}), ...chosen, include: ['segments' as const] }
  const pair = await clock.run('decode', () => openPair(masks, asked, context))
  const scoring = withSpacingOfFile(asked, pair)
  if (pair.size.depth > 1)
    throw refuseField(
      'MULTI_PAGE',
      '/ground_truth',
      'Pixels of one image are compared here, not of a volume.',
    )
  const { pixels, partition } = clock.run('count', () => countPair(pair, scoring, context.limits))
  if (!pixels || pair.content.kind !== 'maps')
    throw new Error('segments were asked for, so the pixels are known')
  return { files: pair.content, pair, pixels, partition, match: match ?? usualMatch(pair, options) }
}

function usualMatch({ names }: Pair, { classes, ground_truth, binary }: ComparisonOptions) {
  return names.size > 0 || classes || ground_truth.preset || binary ? 'names' : 'shapes'
}

/**
 * A code of `difference` for every pixel. By shapes the agreeing share of the counted pixels is `one_to_one_accuracy`.
 * @throws Refusal TOO_MANY_LABELS where the best renaming cannot be found in time
 */
export function differenceOf(
  { pixels, partition, match }: Pick<ComparedPixels, 'pixels' | 'partition' | 'match'>,
  background: number | null,
): Uint8Array {
  const { groundTruth, prediction, segments, keep } = pixels
  if (match === 'names') return differenceMap(groundTruth, prediction, byNames(background), keep)
  const rules = byShapes(pixels, partition, background)
  return differenceMap(segments.groundTruth.map, segments.prediction.map, rules, keep)
}

/** Segments are the same when the best one-to-one renaming makes them partners, which need not have one name. */
function byShapes(
  { segments }: KeptPixels,
  partition: ContingencyTable,
  background: number | null,
): DifferenceRules {
  const partnerOf = renamingOf(partition)
  if (partnerOf instanceof UndefinedScore)
    throw refuseField(
      'TOO_MANY_LABELS',
      '/options/match',
      'So many segments touch each other that their best renaming was not found in time. Ask for `match: "names"`.',
    )
  const isTrueBackground = (segment: number) => segments.groundTruth.labelOf(segment) === background
  return {
    isSame: (groundTruth, prediction) => partnerOf.get(prediction) === groundTruth,
    isTrueBackground,
    isPredictedBackground: (segment) => {
      const partner = partnerOf.get(segment)
      if (partner !== undefined) return isTrueBackground(partner)
      return segments.prediction.labelOf(segment) === background
    },
  }
}

/**
 * The loss of every pixel in bits, as `pixelLoss` defines it, 0 where a pixel is not counted. Its mean over the counted
 * pixels is the variation of information.
 */
export function lossOf({
  pixels: { segments, keep },
  partition,
}: Pick<ComparedPixels, 'pixels' | 'partition'>): Float64Array {
  const { rows, columns, counts, rowSums, columnSums } = partition
  const lossOfPair = pairLookup(partition, (k) => {
    const { split, merge } = pixelLoss(counts[k], rowSums[rows[k]], columnSums[columns[k]])
    return split + merge
  })
  const maps: [LabelMap, LabelMap] = [segments.groundTruth.map, segments.prediction.map]
  const losses = new Float64Array(keep.length)
  // A pair of labels that only pixels out of the count have is in no table.
  paintPairs(...maps, losses, (i, j) => lossOfPair(i, j) ?? 0)
  for (let pixel = 0; pixel < keep.length; pixel++) if (keep[pixel] === 0) losses[pixel] = 0
  return losses
}

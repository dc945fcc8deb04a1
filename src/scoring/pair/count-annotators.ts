import { countMaps } from '../../counting/count-maps.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import { dropLabels } from '../../labels/mask-pixels.ts'
import { renameMap } from '../../labels/rename-map.ts'
import type { Limits } from '../../limits.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import type { ReadMask } from '../masks/read-masks.ts'
import { type LabelRules, pairRules } from './label-rules.ts'

/** One annotator's labels, and where they say something. */
export interface Votes {
  readonly map: LabelMap
  /** 1 where a label is given that is not void. */
  readonly isKnown: Uint8Array
}

/** A pair of annotators, or the ground truth and an annotator, counted. */
export interface AnnotatorTable {
  readonly table: ContingencyTable
  /** Labels of the annotator that are void: a miss, and no class. */
  readonly voidLabels: ReadonlySet<number>
}

export interface CountedAnnotators {
  /** `tables[i][j]`, j < i, counts annotator j (rows) against annotator i (columns). */
  readonly tables: readonly (readonly AnnotatorTable[])[]
  /** The ground truth (rows) against each annotator. */
  readonly truthTables: readonly AnnotatorTable[] | undefined
  /** Where the votes of an annotator count, for all annotators. */
  readonly votes: readonly Votes[]
}

interface AgreementRules {
  readonly binary: boolean
  /** Void labels of the ground truth. */
  readonly truthVoid: readonly number[]
  /** Void labels of the annotators. */
  readonly annotatorVoid: readonly number[]
  readonly ignore_prediction_labels: readonly number[]
}

/**
 * Counts each annotator with each, by the rules of a pair. Void that one of two says drops the pixel for these two; void
 * of the ground truth, and a label of `ignore_prediction_labels` that anybody gave, drop it for all. Against the ground
 * truth an annotator's void is a miss, as in a pair.
 */
export function countAnnotators(
  masks: readonly ReadMask[],
  truth: ReadMask | undefined,
  { binary, truthVoid, annotatorVoid, ignore_prediction_labels }: AgreementRules,
  { maxLabelPairs: maxPairs }: Limits,
): CountedAnnotators {
  const keep = new Uint8Array(masks[0].map.labels.length).fill(1)
  const ignored = new Set(ignore_prediction_labels)
  // What stands for left-out crowds has a number that no caller can mean.
  for (const { map, ignored: leftOut = [] } of masks)
    dropLabels(keep, map, (label) => ignored.has(label) && !leftOut.includes(label))
  const truthRules = truth && rulesOf(truth, truthVoid, binary)
  if (truth && truthRules) dropLabels(keep, truth.map, truthRules.drops)
  const votes = votesOf(masks, { annotatorVoid, binary }, keep)
  const tables = votes.map((second, i) =>
    votes.slice(0, i).map((first): AnnotatorTable => {
      const both = first.isKnown.map((known, pixel) => known & second.isKnown[pixel])
      return { table: countMaps(first.map, second.map, { maxPairs, keep: both }), voidLabels: new Set() }
    }),
  )
  if (!truth || !truthRules) return { tables, truthTables: undefined, votes }
  const truthMap = renameMap(truth.map, truthRules.countedAs)
  const truthTables = masks.map(({ map, ignored: leftOut = [] }, index): AnnotatorTable => {
    const kept = keep.slice()
    dropLabels(kept, map, (label) => leftOut.includes(label))
    const { void: voidLabels } = pairRules({
      ignore_labels: [...annotatorVoid],
      ignore_prediction_labels: [],
      binary,
    })
    return { table: countMaps(truthMap, votes[index].map, { maxPairs, keep: kept }), voidLabels }
  })
  return { tables, truthTables, votes }
}

/** What each annotator says of the pixels that `keep` has, but for void. */
export const votesOf = (
  masks: readonly ReadMask[],
  { annotatorVoid, binary }: Pick<AgreementRules, 'annotatorVoid' | 'binary'>,
  keep: Uint8Array,
): Votes[] =>
  masks.map((mask) => {
    const rules = rulesOf(mask, annotatorVoid, binary)
    const isKnown = keep.slice()
    dropLabels(isKnown, mask.map, rules.drops)
    return { map: renameMap(mask.map, rules.countedAs), isKnown }
  })

const rulesOf = (mask: ReadMask, ignore_labels: readonly number[], binary: boolean): LabelRules =>
  pairRules(
    { ignore_labels: [...ignore_labels], ignore_prediction_labels: [], binary },
    { groundTruth: mask.ignored },
  ).groundTruth

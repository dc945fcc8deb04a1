import { entropies } from '../../metrics/information/entropy.ts'
import { UndefinedScore } from '../../metrics/numbers/undefined-score.ts'
import type { Coupling } from '../../metrics/soft/soft-sums.ts'
import { softTable } from '../../metrics/soft/soft-table.ts'
import type { ClassSweep } from '../../scoring/soft/class-sweeps.ts'
import type { MapSums } from '../../scoring/soft/map-sums.ts'

/** `[label, Σp, Σq, Σpq, Σp², Σq², Σ min(p, q)]` over the counted pixels. */
export type SoftClassRow = readonly [
  label: number,
  p: number,
  q: number,
  product: number,
  squaresP: number,
  squaresQ: number,
  minimum: number,
]

/**
 * `[label, bin, pixels, Σ confidence, hits]` of a bin of `calibration` with pixels. The label is null for the confidence of the
 * top label. The bin is `withoutPrediction` for pixels that nothing was predicted for, of whatever class.
 */
export type BinRow = readonly [
  label: number | null,
  bin: number,
  pixels: number,
  confidence: number,
  hits: number,
]

/**
 * `[label, step, positives, negatives]`: pixels of the class and others, with a probability from step/255 up to the next
 * step. The step is `withoutPrediction` for pixels that nothing was predicted for; with the label null, all of these.
 */
export type StepRow = readonly [label: number | null, step: number, positives: number, negatives: number]

/** Where pixels stand that nothing was predicted for. */
export const withoutPrediction = -1

/** What the pooled scores of probability maps are made of, as far as families ask for it. */
export interface MapRow {
  readonly soft?: {
    readonly coupling: Coupling | 'unique'
    /** H(Y|X), H(X|Y) and I(X;Y) of the joint table, in bits; absent where there is no table. */
    readonly entropies?: readonly [split: number, merge: number, mutual: number]
    /** Pixels at which the log loss is clipped. */
    readonly zero_at_truth: number
    readonly classes: readonly SoftClassRow[]
  }
  readonly bins?: readonly BinRow[]
  readonly steps?: readonly StepRow[]
}

/** What the row of a pair keeps of its maps. */
export function mapRowOf({ maps, soft, calibration, thresholds }: MapSums): MapRow {
  return {
    ...(soft && { soft: softOf(soft, maps.pair.classes) }),
    ...(calibration &&
      !(calibration instanceof UndefinedScore) && {
        bins: [
          ...(maps.independent ? [] : binRows(null, calibration.top)),
          ...calibration.perClass.flatMap((bins, c) => binRows(maps.pair.classes[c], bins)),
        ],
      }),
    ...(thresholds &&
      !(thresholds instanceof UndefinedScore) && { steps: thresholds.classes.flatMap(stepRows) }),
  }
}

function softOf({ sums, coupling, withoutTable }: NonNullable<MapSums['soft']>, classes: readonly number[]) {
  const table = !withoutTable && sums.pixels > 0 ? entropies(softTable(sums.table, classes)) : undefined
  return {
    coupling,
    ...(table && { entropies: [table.split, table.merge, table.mutual] as const }),
    zero_at_truth: sums.overall.zeroAtTruth,
    classes: classes.map(
      (label, c): SoftClassRow => [
        label,
        sums.massGroundTruth[c],
        sums.massPrediction[c],
        sums.product[c],
        sums.squaresGroundTruth[c],
        sums.squaresPrediction[c],
        sums.minimum[c],
      ],
    ),
  }
}

type Bins = Exclude<NonNullable<MapSums['calibration']>, UndefinedScore>['top']

const binRows = (label: number | null, bins: Bins): BinRow[] =>
  bins.flatMap(({ pixels, confidence, hits }, bin): BinRow[] =>
    pixels > 0 ? [[label, bin, pixels, confidence, hits]] : [],
  )

/** A curve counts the pixels from each step on; a row those of the step alone. */
const stepRows = ({ label, curve }: ClassSweep): StepRow[] =>
  curve.flatMap(({ tp, fp }, step): StepRow[] => {
    const above = curve[step + 1] ?? { tp: 0, fp: 0 }
    const [positives, negatives] = [tp - above.tp, fp - above.fp]
    return positives + negatives > 0 ? [[label, step, positives, negatives]] : []
  })

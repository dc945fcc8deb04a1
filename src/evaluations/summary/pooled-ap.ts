import { apAndAp50 } from '../../metrics/detection/detection-scores.ts'
import type { Score } from '../../metrics/numbers/undefined-score.ts'
import type { RowColumns } from '../rows/row-columns.ts'
import { DetectionSums } from '../tally/detection-sums.ts'

/** AP and AP50 over the detections of some rows. */
export interface PooledAp {
  /** Null where no ground truth counts, or a row has no confidences. */
  readonly ap: number | null
  readonly ap50: number | null
}

/** Undefined where the rows do not tell of objects with confidences. */
export function pooledAp(
  { detections }: Pick<RowColumns, 'detections'>,
  rows: Iterable<number>,
  thresholds: readonly number[],
): PooledAp | undefined {
  if (!detections) return undefined
  const sums = new DetectionSums()
  for (const row of rows) sums.add(detections[row])
  if (sums.without) return { ap: null, ap50: null }
  const ranked = [...sums.lists.ranked(thresholds.length)]
  const { ap, ap50 } = apAndAp50(ranked, thresholds, (category) =>
    new Uint8Array(ranked[category].images.length).fill(1),
  )
  return { ap: orNull(ap), ap50: orNull(ap50) }
}

const orNull = (score: Score): number | null => (typeof score === 'number' ? score : null)

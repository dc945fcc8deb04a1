import { apAndAp50 } from '../../metrics/detection/detection-scores.ts'
import type { RankedCategory } from '../../metrics/detection/detection-tally.ts'
import type { Score } from '../../metrics/numbers/undefined-score.ts'
import type { Numbers } from '../rows/growing-column.ts'
import type { RowColumns } from '../rows/row-columns.ts'
import { DetectionSums } from '../tally/detection-sums.ts'
import { poissonWeight } from './poisson-weight.ts'
import type { ReplicateRange } from './weighted-sums.ts'

/** AP takes long: no more resamples than these. */
const maxReplicates = 200

/** How many resamples AP gets where other scores get `replicates`. */
export const apReplicateCount = (replicates: number): number => Math.min(replicates, maxReplicates)

/** What resamples of AP are computed from: plain data that a thread can be handed. */
export interface ApTask {
  /** Ranked detections of all rows, with what became of them in the range of all sizes alone. */
  readonly ranked: readonly RankedCategory[]
  /** Of each category the groups of its images. */
  readonly groupsOf: readonly Uint32Array[]
  readonly thresholds: readonly number[]
  /** The two words of each group's `GroupStream`. */
  readonly streams: Numbers
  /** Groups with an object on either side. */
  readonly contributing: number
}

/**
 * @param rows which of the rows; by default all
 * @return undefined where the rows do not tell of objects with confidences, or one has none
 */
export function apTask(
  { detections, groupOf, streams, size }: RowColumns,
  {
    thresholds,
    rows = { first: 0, step: 1 },
  }: Pick<ApTask, 'thresholds'> & {
    readonly rows?: { readonly first: number; readonly step: number }
  },
): ApTask | undefined {
  if (!detections) return undefined
  const sums = new DetectionSums()
  const groupOfImage = new Map<number, number>()
  for (let row = rows.first; row < size; row += rows.step) {
    sums.add(detections[row])
    groupOfImage.set(detections[row].index, groupOf[row])
  }
  if (sums.without) return undefined
  const ranked = Array.from(sums.lists.ranked(thresholds.length), (category) => ({
    ...category,
    outcomes: category.outcomes.slice(0, category.scores.length * thresholds.length),
  }))
  const groupsOf = ranked.map(({ images }) =>
    Uint32Array.from(images, ({ image }) => groupOfImage.get(image.index) ?? 0),
  )
  const contributing = new Set(groupsOf.flatMap((list) => [...list])).size
  return { ranked, groupsOf, thresholds, streams: streams.bootstrap, contributing }
}

/**
 * AP and AP50 in the resamples of a range; NaN where undefined. The weight of a group counts each detection and ground truth of
 * its images so many times, at its place in the ranking. A pure function of its arguments: threads may share the range, and
 * their lists are put one behind the other.
 */
export function apReplicates(
  { ranked, groupsOf, thresholds, streams }: ApTask,
  { first, count }: ReplicateRange,
): Float64Array[] {
  const values = [new Float64Array(count), new Float64Array(count)]
  const weights = Array.from({ length: streams.length / 2 }, (_, group) => {
    const stream = { a: streams[2 * group], b: streams[2 * group + 1] }
    return Float64Array.from({ length: count }, (_, r) => poissonWeight(stream, first + r))
  })
  for (let r = 0; r < count; r++) {
    const { ap, ap50 } = apAndAp50(ranked, thresholds, (category) =>
      groupsOf[category].map((group) => weights[group][r]),
    )
    values[0][r] = orNaN(ap)
    values[1][r] = orNaN(ap50)
  }
  return values
}

const orNaN = (score: Score): number => (typeof score === 'number' ? score : Number.NaN)

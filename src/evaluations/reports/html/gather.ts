import type { ContingencyTable } from '../../../metrics/table/contingency-table.ts'
import type { ItemRow } from '../../rows/item-row.ts'
import { type HeadlineScore, headlineScores } from '../../summary/summary.ts'
import { DetectionSums } from '../../tally/detection-sums.ts'
import { JointTable } from '../../tally/joint-table.ts'
import { DetectionReview } from '../detection-review.ts'
import type { ReportInput } from '../report-input.ts'

export const bins = 20

/** Images by one score: `counts[k]` of them in [k/20, (k+1)/20), 1 in the last. */
export interface Histogram {
  readonly score: HeadlineScore
  readonly counts: readonly number[]
}

/** What a page shows of the rows, found in one pass over them. */
export interface GatheredRows {
  /** The scored items with the largest `mi_loss`, worst first, equal ones in manifest order, those without one last. */
  readonly worst: readonly ItemRow[]
  readonly histograms: readonly Histogram[]
  /** How often labels meet, over all scored items; else why that is not known. */
  readonly joint: ContingencyTable | 'joint_not_kept' | 'too_many_classes'
  /** What became of the objects with confidences; empty where the summary has none. */
  readonly detections: DetectionSums
  readonly review: DetectionReview
}

/** @param most how many of the worst items are kept */
export function gatherRows({ rows, joints, summary }: ReportInput, most: number): GatheredRows {
  const worst: ItemRow[] = []
  const joint = new JointTable()
  const counts = new Map(headlineScores.map((score) => [score, new Array<number>(bins).fill(0)]))
  const keepsJoint = summary.pooled.overlap !== null
  const detections = new DetectionSums()
  const review = new DetectionReview()
  for (const row of rows()) {
    if (row.status !== 'scored') continue
    worst.push(row)
    if (worst.length >= 4 * most) cut(worst, most)
    for (const [score, of] of counts) {
      const value = row.scores[score]
      if (typeof value === 'number') of[Math.min(bins - 1, Math.floor(value * bins))]++
    }
    if (summary.pooled.detection) {
      detections.add(row)
      review.add(row)
    }
    if (!keepsJoint) continue
    if (row.joint) joint.add(row.joint)
    else if (!joints) joint.addUnknown()
  }
  for (const triples of keepsJoint && joints ? joints() : []) joint.add(triples)
  cut(worst, most)
  const histograms = headlineScores
    .map((score) => ({ score, counts: counts.get(score) ?? [] }))
    .filter(({ counts: of }) => of.some((count) => count > 0))
  return { worst, histograms, joint: joint.lost ?? joint.table(), detections, review }
}

function cut(rows: ItemRow[], most: number): void {
  rows.sort((a, b) => lossOf(b) - lossOf(a) || a.index - b.index)
  rows.length = Math.min(rows.length, most)
}

const lossOf = ({ scores: { mi_loss } }: ItemRow): number => mi_loss ?? -1

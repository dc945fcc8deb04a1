import type { Objects } from '../reading/objects.ts'
import { assignedColumns } from './assignment.ts'

/** Two objects that may be partners. */
export interface Meeting {
  readonly truth: number
  readonly found: number
  readonly shared: number
  readonly union: number
}

/** All pairs that share a pixel, of one category where categories count. */
export function meetingsOf({ groundTruth, prediction, byCategory }: Objects): Meeting[] {
  return groundTruth.flatMap((truth, i) =>
    prediction.flatMap((found, j) => {
      const shared = truth.counted.filter((counted, pixel) => counted && found.counted[pixel]).length
      if (shared === 0 || (byCategory && truth.category !== found.category)) return []
      return [{ truth: i, found: j, shared, union: truth.area + found.area - shared }]
    }),
  )
}

/** The pairs of a one-to-one matching with the most pairs, and of those with the largest sum of IoUs. */
export function matching({ groundTruth, prediction }: Objects, allowed: readonly Meeting[]): Meeting[] {
  const many = groundTruth.length + prediction.length + 1
  const between = (i: number, j: number) => allowed.find(({ truth, found }) => truth === i && found === j)
  const weights = groundTruth.map((_, i) =>
    prediction.map((_, j) => {
      const meeting = between(i, j)
      return meeting ? many + meeting.shared / meeting.union : 0
    }),
  )
  return assignedColumns(weights).flatMap((j, i) => between(i, j) ?? [])
}

/** Partners whose IoU is above the threshold and not at it. */
export const matchesAbove = (objects: Objects, meetings: readonly Meeting[], threshold: number): Meeting[] =>
  matching(
    objects,
    meetings.filter(({ shared, union }) => shared / union > threshold + 1e-12),
  )

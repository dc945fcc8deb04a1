import { AnyOf } from '../reading/any-of.ts'
import { sum } from '../reading/gap.ts'
import type { Objects } from '../reading/objects.ts'
import type { Meeting } from './matching.ts'

/** More true objects than this are not tried in all ways. */
const maxTried = 12

/**
 * The aggregated Jaccard index of partners that are one to one with the largest sum of IoUs, by trying every assignment; of each
 * group of objects that touch, since others have nothing to do with it. Undefined where there are too many to try.
 */
export function assignedJaccards(
  { groundTruth, prediction }: Objects,
  meetings: readonly Meeting[],
): AnyOf | undefined {
  const areas = sum([...groundTruth, ...prediction].map(({ area }) => area))
  // The union of a pair is what both areas are less what they share.
  let shares: readonly number[] = [0]
  for (const group of groupsOf(meetings)) {
    if (new Set(group.map(({ truth }) => truth)).size > maxTried) return undefined
    const tried = assignments(group)
    const best = Math.max(...tried.map(({ iou }) => iou))
    const good = [...new Set(tried.filter(({ iou }) => iou > best - 1e-9).map(({ shared }) => shared))]
    shares = [...new Set(shares.flatMap((sofar) => good.map((shared) => sofar + shared)))]
  }
  return new AnyOf(shares.map((shared) => shared / (areas - shared)))
}

/** Every one-to-one choice of meetings. */
function assignments(group: readonly Meeting[]): { iou: number; shared: number }[] {
  const [first] = group
  if (!first) return [{ iou: 0, shared: 0 }]
  const others = group.filter(({ truth }) => truth !== first.truth)
  const choices = group.filter(({ truth }) => truth === first.truth)
  return [
    ...assignments(others),
    ...choices.flatMap(({ found, shared, union }) =>
      assignments(others.filter((other) => other.found !== found)).map((rest) => ({
        iou: rest.iou + shared / union,
        shared: rest.shared + shared,
      })),
    ),
  ]
}

/** Meetings that hang together through an object. */
function groupsOf(meetings: readonly Meeting[]): Meeting[][] {
  const groups: Meeting[][] = []
  for (const meeting of meetings) {
    const touches = (group: readonly Meeting[]) =>
      group.some(({ truth, found }) => truth === meeting.truth || found === meeting.found)
    const joined = [meeting, ...groups.filter(touches).flat()]
    groups.splice(0, groups.length, ...groups.filter((group) => !touches(group)), joined)
  }
  return groups
}

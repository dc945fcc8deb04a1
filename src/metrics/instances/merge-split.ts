import type { ObjectOverlaps } from './object-overlaps.ts'

export interface MergeSplitEvents {
  /** Objects of the ground truth that are cut into several. */
  readonly splits: readonly ObjectEvent[]
  /** Predicted objects that join several of the ground truth. */
  readonly merges: readonly ObjectEvent[]
}

/** One object, and the objects of the other mask that make the event, by their index; ascending. */
interface ObjectEvent {
  readonly object: number
  readonly parts: readonly number[]
}

/**
 * Split and merge events: a ground-truth object is split when two or more predicted objects are its parts (each has more
 * than half of its pixels in it) and together cover more than half of it. Merges are the same with the sides exchanged.
 *
 * Specks in an object that is missed do not split it; a speck that is cut off from an object does. Where objects of one
 * mask overlap, parts count as long as there is room for them beside the larger ones: two copies of one object are no
 * pieces of it.
 * Range: each list from 0 objects on. Corner cases: half is not more than half; no objects: no events.
 * Source: over- and under-segmentation of Hoover et al., "An experimental comparison of range image segmentation
 * algorithms", TPAMI 18 (1996), with a tolerance of one half.
 */
export function mergeSplitEvents({
  groundTruth,
  prediction,
  rows,
  columns,
  shared,
}: ObjectOverlaps): MergeSplitEvents {
  return {
    splits: events({ areas: groundTruth, of: rows }, { areas: prediction, of: columns }, shared),
    merges: events({ areas: prediction, of: columns }, { areas: groundTruth, of: rows }, shared),
  }
}

/** The objects of one mask, and which of them each pair has. */
interface Side {
  readonly areas: Float64Array
  readonly of: Uint32Array
}

function events(wholes: Side, pieces: Side, shared: Float64Array): ObjectEvent[] {
  const found: ObjectEvent[] = []
  for (const [object, candidates] of candidatesOf(wholes, pieces, shared)) {
    const parts: number[] = []
    let covered = 0
    for (const pair of candidates.sort((a, b) => shared[b] - shared[a] || a - b)) {
      if (covered + shared[pair] > wholes.areas[object]) continue
      covered += shared[pair]
      parts.push(pieces.of[pair])
    }
    if (parts.length > 1 && 2 * covered > wholes.areas[object])
      found.push({ object, parts: parts.sort((a, b) => a - b) })
  }
  return found.sort((a, b) => a.object - b.object)
}

/** The pairs whose piece is a part of the whole, by wholes that have several; most have none or one, and cost no list. */
function candidatesOf(wholes: Side, pieces: Side, shared: Float64Array): Map<number, number[]> {
  const isPart = (pair: number) => 2 * shared[pair] > pieces.areas[pieces.of[pair]]
  const counts = new Uint32Array(wholes.areas.length)
  for (let pair = 0; pair < shared.length; pair++) if (isPart(pair)) counts[wholes.of[pair]]++
  const pairsOf = new Map<number, number[]>()
  for (let pair = 0; pair < shared.length; pair++) {
    const whole = wholes.of[pair]
    if (counts[whole] < 2 || !isPart(pair)) continue
    const pairs = pairsOf.get(whole)
    if (pairs) pairs.push(pair)
    else pairsOf.set(whole, [pair])
  }
  return pairsOf
}

import type { ObjectOverlaps } from './object-overlaps.ts'

export interface MergeSplitEvents {
  /** Objects of the ground truth that two or more predicted objects share. */
  readonly splits: readonly ObjectEvent[]
  /** Predicted objects that two or more objects of the ground truth share. */
  readonly merges: readonly ObjectEvent[]
}

/** One object, and the objects of the other mask that make the event, by their index. */
interface ObjectEvent {
  readonly object: number
  readonly parts: readonly number[]
}

/**
 * Split and merge events. A predicted object is a part of a ground-truth object when more than half of its pixels lie
 * in it; a ground-truth object with two or more such parts is split. Merges are the same with the sides exchanged.
 *
 * Range: each list from 0 objects on. Corner cases: half and half is part of neither; no objects: no events.
 * Source: split and merge errors as Greene et al. count them for cell segmentation (Caicedo et al., Cytometry A 95,
 * 2019), with the majority rule of areas.
 */
export function mergeSplitEvents(overlaps: ObjectOverlaps): MergeSplitEvents {
  const { groundTruth, prediction, rows, columns, shared } = overlaps
  return {
    splits: events(rows, columns, (pair) => 2 * shared[pair] > prediction[columns[pair]]),
    merges: events(columns, rows, (pair) => 2 * shared[pair] > groundTruth[rows[pair]]),
  }
}

function events(objects: Uint32Array, others: Uint32Array, isPart: (pair: number) => boolean): ObjectEvent[] {
  const partsOf = new Map<number, number[]>()
  for (let pair = 0; pair < objects.length; pair++) {
    if (!isPart(pair)) continue
    const parts = partsOf.get(objects[pair])
    if (parts) parts.push(others[pair])
    else partsOf.set(objects[pair], [others[pair]])
  }
  return [...partsOf]
    .filter(([, parts]) => parts.length > 1)
    .sort(([a], [b]) => a - b)
    .map(([object, parts]) => ({ object, parts }))
}

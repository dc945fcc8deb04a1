import type { LabelArray } from '../../src/labels/label-map.ts'
import type { LabelPairs } from '../../src/metrics/table/contingency-table.ts'

/** The loop everybody writes first: one pixel a step into a dense table of 8-bit pairs. */
export function plainLoop(groundTruth: LabelArray, prediction: LabelArray): LabelPairs {
  const table = new Uint32Array(65_536)
  for (let i = 0; i < groundTruth.length; i++) table[(groundTruth[i] << 8) | prediction[i]]++
  return pairsOf(
    table,
    (place) => place >> 8,
    (place) => place & 255,
  )
}

/**
 * The same for 16-bit labels: one pixel a step into an open-addressing hash, as fast as it can be written without
 * looking for runs: the pair is one word, its product's high bits the slot. `slotBits`: the pairs fill a quarter.
 */
export function hashLoop(groundTruth: LabelArray, prediction: LabelArray, slotBits: number): LabelPairs {
  const slots = 2 ** slotBits
  const shift = 32 - slotBits
  const keys = new Int32Array(slots)
  const counts = new Uint32Array(slots)
  for (let i = 0; i < groundTruth.length; i++) {
    const key = (groundTruth[i] << 16) | prediction[i]
    let slot = Math.imul(key, 0x9e3779b1) >>> shift
    while (keys[slot] !== key) {
      if (counts[slot] === 0) {
        keys[slot] = key
        break
      }
      slot = (slot + 1) & (slots - 1)
    }
    counts[slot]++
  }
  return pairsOf(
    counts,
    (slot) => keys[slot] >>> 16,
    (slot) => keys[slot] & 65_535,
  )
}

/** And for 32-bit labels, whose pair takes two words. */
export function wideHashLoop(groundTruth: LabelArray, prediction: LabelArray, slotBits: number): LabelPairs {
  const slots = 2 ** slotBits
  const shift = 32 - slotBits
  const truths = new Int32Array(slots)
  const predictions = new Int32Array(slots)
  const counts = new Uint32Array(slots)
  for (let i = 0; i < groundTruth.length; i++) {
    const g = groundTruth[i] | 0
    const p = prediction[i] | 0
    let slot = (Math.imul(g, 0x9e3779b1) + Math.imul(p, 0x85ebca6b)) >>> shift
    while (truths[slot] !== g || predictions[slot] !== p) {
      if (counts[slot] === 0) {
        truths[slot] = g
        predictions[slot] = p
        break
      }
      slot = (slot + 1) & (slots - 1)
    }
    counts[slot]++
  }
  return pairsOf(
    counts,
    (slot) => truths[slot] >>> 0,
    (slot) => predictions[slot] >>> 0,
  )
}

function pairsOf(
  counts: Uint32Array,
  truthAt: (place: number) => number,
  predictionAt: (place: number) => number,
): LabelPairs {
  let size = 0
  for (const count of counts) if (count > 0) size++
  const pairs = {
    groundTruth: new Float64Array(size),
    prediction: new Float64Array(size),
    counts: new Float64Array(size),
  }
  for (let place = 0, k = 0; place < counts.length; place++) {
    if (counts[place] === 0) continue
    pairs.groundTruth[k] = truthAt(place)
    pairs.prediction[k] = predictionAt(place)
    pairs.counts[k++] = counts[place]
  }
  return pairs
}

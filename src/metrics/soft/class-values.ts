import type { SoftPair } from './soft-pair.ts'

/** The probabilities of one class at the pixels where it is true, and at all others; both ascending. */
export interface ClassValues {
  readonly positives: Float64Array
  readonly negatives: Float64Array
}

/** Collects the probabilities of one class of a pair whose ground truth is labels. */
export function classValues(pair: SoftPair, index: number): ClassValues {
  const { classes, keep, groundTruth, prediction } = pair
  if (groundTruth.kind !== 'labels') throw new Error('the ground truth has no labels')
  const { labels } = groundTruth
  const label = classes[index]
  let positive = 0
  let kept = 0
  for (let i = 0; i < keep.length; i++) {
    if (keep[i] === 0) continue
    kept++
    if (labels[i] === label) positive++
  }
  const positives = new Float64Array(positive)
  const negatives = new Float64Array(kept - positive)
  let [p, n] = [0, 0]
  const take = (isTrue: boolean, value: number) => {
    if (isTrue) positives[p++] = value
    else negatives[n++] = value
  }
  if (prediction.kind === 'labels') {
    for (let i = 0; i < keep.length; i++)
      if (keep[i] === 1) take(labels[i] === label, prediction.labels[i] === label ? 1 : 0)
  } else {
    const step = 4096
    const values = new Float64Array(step)
    for (let from = 0; from < keep.length; from += step) {
      const to = Math.min(from + step, keep.length)
      prediction.read(index, from, to, values, 0)
      for (let i = from; i < to; i++) if (keep[i] === 1) take(labels[i] === label, values[i - from])
    }
  }
  return { positives: positives.sort(), negatives: negatives.sort() }
}

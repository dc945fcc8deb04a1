import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import type { Score } from '../numbers/undefined-score.ts'
import type { ObjectOverlaps } from './object-overlaps.ts'

/**
 * Symmetric best Dice: the smaller of the two means, over the objects of one mask, of the best Dice score
 * 2|G ∩ P| / (|G| + |P|) that any object of the other mask has with it.
 *
 * Range [0, 1], no unit, higher is better.
 * Corner cases: objects on one side only: 0; on neither: undefined `absent_both`.
 * Source: Scharr et al., "Leaf segmentation in plant phenotyping", Mach. Vis. Appl. 27 (2016); the CVPPP challenge.
 */
export function symmetricBestDice(overlaps: ObjectOverlaps): Score {
  const { groundTruth, prediction, rows, columns, shared } = overlaps
  if (groundTruth.length === 0 && prediction.length === 0) return overlaps.whenNone
  if (groundTruth.length === 0 || prediction.length === 0) return 0
  const ofGroundTruth = new Float64Array(groundTruth.length)
  const ofPrediction = new Float64Array(prediction.length)
  for (let pair = 0; pair < shared.length; pair++) {
    const [row, column] = [rows[pair], columns[pair]]
    const dice = (2 * shared[pair]) / (groundTruth[row] + prediction[column])
    ofGroundTruth[row] = Math.max(ofGroundTruth[row], dice)
    ofPrediction[column] = Math.max(ofPrediction[column], dice)
  }
  return Math.min(mean(ofGroundTruth), mean(ofPrediction))
}

function mean(values: Float64Array): number {
  const sum = new NeumaierSum()
  for (const value of values) sum.add(value)
  return sum.value / values.length
}

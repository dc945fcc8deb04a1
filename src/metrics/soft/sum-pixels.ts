import { addHardTruth } from './add-hard-truth.ts'
import { addSoftTruth } from './add-soft-truth.ts'
import { forEachBlock } from './pixel-blocks.ts'
import type { SoftPair } from './soft-pair.ts'
import { type Coupling, GrowingSums, type SoftSums } from './soft-sums.ts'

/**
 * Adds up a pair, in one walk over its pixels.
 * @param coupling of a soft ground truth; without one there is no table. A hard ground truth has one table only.
 */
export function sumPixels(pair: SoftPair, coupling: Coupling | undefined): SoftSums {
  const sums = new GrowingSums(pair.classes.length)
  forEachBlock(pair, (block) => {
    const { truth } = block
    if (truth) addHardTruth({ ...block, truth }, sums)
    else addSoftTruth(block, sums, coupling)
  })
  const total = sums.finish()
  return pair.groundTruth.kind === 'labels' ? withHardTruth(total, pair.classes.length) : total
}

/** The sums of classes that follow from the table, where p is 0 or 1: Σ p q = Σ min(p, q) is its diagonal. */
function withHardTruth(sums: SoftSums, classes: number): SoftSums {
  const { table } = sums
  const massPrediction = new Float64Array(classes)
  const product = new Float64Array(classes)
  for (let x = 0; x < classes; x++)
    for (let y = 0; y < classes; y++) massPrediction[y] += table[x * classes + y]
  for (let c = 0; c < classes; c++) product[c] = table[c * classes + c]
  return {
    ...sums,
    massPrediction,
    product,
    minimum: product,
    squaresGroundTruth: sums.massGroundTruth,
  }
}

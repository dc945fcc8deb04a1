import type { PixelBlock } from './pixel-blocks.ts'
import { classSums, type GrowingSums, logLossFloor } from './soft-sums.ts'

/**
 * Adds a block whose ground truth is one class a pixel. There is one coupling only: row t of the table grows by q.
 *
 * With t the true class, the other sums follow from q(t) and sums over classes:
 *
 *     Σ_c (q − p)² = (1 − q(t))² + Σ_{c≠t} q²
 *     2 JS = q(t) ln q(t) − (1 + q(t)) ln ((1 + q(t)) / 2) + ln 2 · Σ_{c≠t} q
 */
export function addHardTruth(block: PixelBlock & { readonly truth: Int32Array }, sums: GrowingSums): void {
  const { count, stride, truth, q } = block
  const { classes, table } = sums
  const starts = runStarts(truth, count)
  let squaresOfAll = 0
  let sharpness = 0
  let mass = 0
  for (let c = 0; c < classes; c++) {
    const at = c * stride
    let squares = 0
    for (let r = 0; r + 1 < starts.length; r++) {
      const end = starts[r + 1]
      let sum = 0
      for (let i = starts[r]; i < end; i++) {
        const v = q[at + i]
        if (v === 0) continue
        sum += v
        squares += v * v
        if (v !== 1) sharpness += v * Math.log(v)
      }
      table[truth[starts[r]] * classes + c] += sum
      mass += sum
    }
    squaresOfAll += squares
    sums.addToClass(classSums.squaresPrediction, c, squares)
  }
  for (let r = 0; r + 1 < starts.length; r++)
    sums.addToClass(classSums.massGroundTruth, truth[starts[r]], starts[r + 1] - starts[r])
  addTrueClass(block, sums, { squaresOfAll, mass })
  sums.addOverall('sharpnessPrediction', sharpness)
  sums.finishBlock(count)
}

/** Adds what only the probability of the true class is needed for. */
function addTrueClass(
  { count, stride, truth, q }: PixelBlock & { readonly truth: Int32Array },
  sums: GrowingSums,
  { squaresOfAll, mass }: { readonly squaresOfAll: number; readonly mass: number },
): void {
  let logLoss = 0
  let zeros = 0
  let squaresOfTrue = 0
  let missing = 0
  let js = 0
  let massOfTrue = 0
  for (let i = 0; i < count; i++) {
    const v = q[truth[i] * stride + i]
    massOfTrue += v
    squaresOfTrue += v * v
    missing += (1 - v) * (1 - v)
    if (v < logLossFloor) zeros++
    logLoss -= Math.log(Math.max(v, logLossFloor))
    if (v !== 1) {
      const m = (1 + v) / 2
      js += (v > 0 ? (v * Math.log(v)) / 2 : 0) - m * Math.log(m)
    }
  }
  sums.addOverall('logLoss', logLoss)
  sums.addOverall('zeroAtTruth', zeros)
  sums.addOverall('brier', Math.max(0, squaresOfAll - squaresOfTrue) + missing)
  sums.addOverall('js', js + (Math.max(0, mass - massOfTrue) * Math.LN2) / 2)
}

/** Where runs of one class begin, and the end. */
function runStarts(truth: Int32Array, count: number): number[] {
  const starts = [0]
  for (let i = 1; i < count; i++) if (truth[i] !== truth[i - 1]) starts.push(i)
  starts.push(count)
  return starts
}

import type { PixelBlock } from './pixel-blocks.ts'
import { type Coupling, classSums, type GrowingSums, logLossFloor } from './soft-sums.ts'

/** t ln t, continued by its limit 0 at 0. */
const xlogx = (t: number): number => (t > 0 ? t * Math.log(t) : 0)

/** Adds a block whose ground truth is probabilities, too. */
export function addSoftTruth(block: PixelBlock, sums: GrowingSums, coupling: Coupling | undefined): void {
  addClasses(block, sums)
  if (coupling === 'product') addProduct(block, sums)
  if (coupling === 'maximal') addMaximal(block, sums)
  sums.finishBlock(block.count)
}

function addClasses({ count, stride, p, q }: PixelBlock, sums: GrowingSums): void {
  const isClipped = new Uint8Array(count)
  let sharpnessP = 0
  let sharpnessQ = 0
  let logLoss = 0
  let brier = 0
  let js = 0
  for (let c = 0; c < sums.classes; c++) {
    const own = [0, 0, 0, 0, 0, 0]
    for (let i = 0, at = c * stride; i < count; i++, at++) {
      const a = p[at]
      const b = q[at]
      own[classSums.massGroundTruth] += a
      own[classSums.massPrediction] += b
      own[classSums.product] += a * b
      own[classSums.squaresGroundTruth] += a * a
      own[classSums.squaresPrediction] += b * b
      own[classSums.minimum] += Math.min(a, b)
      const ofP = xlogx(a)
      const ofQ = xlogx(b)
      sharpnessP += ofP
      sharpnessQ += ofQ
      if (a !== b) js += (ofP + ofQ) / 2 - xlogx((a + b) / 2)
      brier += (a - b) * (a - b)
      if (a > 0) {
        if (b < logLossFloor) isClipped[i] = 1
        logLoss -= a * Math.log(Math.max(b, logLossFloor))
      }
    }
    for (const [which, sum] of own.entries()) sums.addToClass(which, c, sum)
  }
  sums.addOverall('sharpnessGroundTruth', sharpnessP)
  sums.addOverall('sharpnessPrediction', sharpnessQ)
  sums.addOverall('logLoss', logLoss)
  sums.addOverall('brier', brier)
  sums.addOverall('js', js)
  sums.addOverall(
    'zeroAtTruth',
    isClipped.reduce((sum, one) => sum + one, 0),
  )
}

/** P(x,y) += p(x) q(y): X and Y are drawn independently at every pixel. */
function addProduct({ count, stride, p, q }: PixelBlock, { classes, table }: GrowingSums): void {
  const has = (values: Float64Array, c: number) =>
    values.subarray(c * stride, c * stride + count).some((v) => v > 0)
  const columns = Array.from({ length: classes }, (_, y) => y).filter((y) => has(q, y))
  for (let x = 0; x < classes; x++) {
    if (!has(p, x)) continue
    for (const y of columns) {
      let sum = 0
      for (let i = 0, a = x * stride, b = y * stride; i < count; i++) sum += p[a + i] * q[b + i]
      table[x * classes + y] += sum
    }
  }
}

/**
 * The coupling of each pixel with the largest probability of X = Y: min(p, q) on the diagonal, and the rests r = p − min
 * and s = q − min spread as r sᵀ / Σ r.
 */
function addMaximal({ count, stride, p, q }: PixelBlock, { classes, table }: GrowingSums): void {
  const rows = new Int32Array(classes)
  const columns = new Int32Array(classes)
  for (let i = 0; i < count; i++) {
    let left = 0
    let moreTrue = 0
    let morePredicted = 0
    for (let c = 0, at = i; c < classes; c++, at += stride) {
      const rest = p[at] - q[at]
      table[c * classes + c] += Math.min(p[at], q[at])
      if (rest > 0) {
        rows[moreTrue++] = c
        left += rest
      } else if (rest < 0) columns[morePredicted++] = c
    }
    for (let j = 0; j < moreTrue; j++) {
      const x = rows[j]
      const share = (p[x * stride + i] - q[x * stride + i]) / left
      for (let k = 0; k < morePredicted; k++) {
        const y = columns[k]
        table[x * classes + y] += share * (q[y * stride + i] - p[y * stride + i])
      }
    }
  }
}

import { NeumaierSum } from '../numbers/neumaier-sum.ts'

/** The derivative of the loss by every cell of the joint table. */
export interface LossGradient {
  /** ∂L/∂P(x,y), C × C; NaN in the rows of classes that the ground truth has not. */
  readonly table: Float64Array
  /** Cells that were 0 where the class is there, and stood at `epsilon` for the gradient. */
  readonly clipped: number
}

/**
 * The gradient of L = 1 − I/H(X,Y) by the cells of the normalised joint table P with marginals a and b:
 *
 *     ∂L/∂P(x,y) = −[ ln(P / (a b)) + (1 − L) ln P ] / H(X,Y)
 *
 * Logarithms of any base give the same. A constant that is added to all derivatives of a pixel changes nothing, because
 * its probabilities sum to 1: two programs agree when their derivatives do but for that.
 * Corner cases: where P(x,y) = 0 and a(x) > 0 the derivative is infinite; P then stands at `epsilon`, and b is the sum of
 * what stands. H = 0, a single cell: undefined.
 * Source: derived here; checked against central differences.
 * @param sums C × C, of any total
 */
export function lossGradient(sums: Float64Array, classes: number, epsilon: number): LossGradient | undefined {
  const total = sumOf(sums)
  const a = new Float64Array(classes)
  const b = new Float64Array(classes)
  const standing = new Float64Array(sums.length)
  let clipped = 0
  for (let x = 0; x < classes; x++) {
    for (let y = 0; y < classes; y++) a[x] += sums[x * classes + y] / total
    if (a[x] === 0) continue
    for (let y = 0; y < classes; y++) {
      const share = sums[x * classes + y] / total
      if (share === 0) clipped++
      standing[x * classes + y] = share > 0 ? share : epsilon
      b[y] += standing[x * classes + y]
    }
  }
  const entropy = sumOf(sums.map((sum) => (sum > 0 ? -(sum / total) * Math.log(sum / total) : 0)))
  if (!(entropy > 0)) return undefined
  const similarity = mutualOf(sums, classes, total) / entropy
  const table = standing.map((share, cell) => {
    const x = Math.floor(cell / classes)
    if (a[x] === 0) return Number.NaN
    const logarithm = Math.log(share)
    return -(logarithm - Math.log(a[x]) - Math.log(b[cell % classes]) + similarity * logarithm) / entropy
  })
  return { table, clipped }
}

/** I(X;Y) in nats. */
function mutualOf(sums: Float64Array, classes: number, total: number): number {
  const a = new Float64Array(classes)
  const b = new Float64Array(classes)
  sums.forEach((sum, cell) => {
    a[Math.floor(cell / classes)] += sum / total
    b[cell % classes] += sum / total
  })
  const terms = sums.map((sum, cell) => {
    const share = sum / total
    return share > 0 ? share * Math.log(share / (a[Math.floor(cell / classes)] * b[cell % classes])) : 0
  })
  return Math.max(0, sumOf(terms))
}

function sumOf(terms: Float64Array): number {
  const sum = new NeumaierSum()
  for (const term of terms) sum.add(term)
  return sum.value
}

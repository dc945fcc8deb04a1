import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import { cholesky } from './cholesky.ts'
import { halfLogDeterminant } from './half-log-determinant.ts'
import { maxPool, type Plane } from './max-pool.ts'

export interface RmiOptions {
  /** Side of a window. */
  readonly radius: number
  /** Side of the pooling before; 1: none. */
  readonly pool: 1 | 3
}

/** Ridge on the scatter matrices, as in the reference. */
const ridge = 5e-4

/**
 * Region mutual information of one class (Zhao et al. 2019), a lower bound of the entropy that the prediction leaves in
 * the ground truth of a window of R × R pixels, up to constants:
 *
 *     M = S_yy − S_yp (S_pp + α I)⁻¹ S_py + α I,   value = ½ ln det M / R²,   α = 5e−4
 *
 * S are scatter matrices (sums, not means) of the R² pixels of every window that lies inside, true (y) and predicted (p).
 * Both maps are max-pooled first (`pool` 3: 3 × 3, stride 3, padding 1), as the reference does; no sigmoid is applied.
 * Range: no bounds; nats a pixel; lower is better; about ½ ln 2α = −3.4539 for a perfect map, so that it is negative.
 * Corner cases: fewer rows or columns than R after pooling: undefined, `too_small`.
 * Source: S. Zhao et al., "Region mutual information loss for semantic segmentation", NeurIPS 2019, and its code, from
 * which the 1e−8 on the diagonal of the Cholesky factor comes.
 */
export function rmi(groundTruth: Plane, prediction: Plane, { radius, pool }: RmiOptions): Score {
  const y = maxPool(groundTruth, pool)
  const p = maxPool(prediction, pool)
  if (y.width < radius || y.height < radius) return undefinedBecause('too_small')
  const size = radius * radius
  const scatterYY = scatter(y, y, radius)
  const scatterYP = scatter(y, p, radius)
  const scatterPP = scatter(p, p, radius)
  for (let k = 0; k < size; k++) scatterPP[k * size + k] += ridge
  const conditional = scatterYY.slice()
  const solved = solveTransposed(scatterPP, scatterYP, size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let sum = 0
      for (let k = 0; k < size; k++) sum += scatterYP[i * size + k] * solved[j * size + k]
      conditional[i * size + j] -= sum
    }
  for (let k = 0; k < size; k++) conditional[k * size + k] += ridge
  return halfLogDeterminant(conditional, size) / size
}

/** Σ over windows of (a_i − mean)(b_j − mean) for every pair of places in a window, places row by row. */
function scatter(a: Plane, b: Plane, radius: number): Float64Array {
  const size = radius * radius
  const rows = a.height - radius + 1
  const columns = a.width - radius + 1
  const meansA = windowMeans(a, radius)
  const meansB = windowMeans(b, radius)
  const sums = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    const startA = Math.floor(i / radius) * a.width + (i % radius)
    for (let j = 0; j < size; j++) {
      const startB = Math.floor(j / radius) * b.width + (j % radius)
      let total = 0
      for (let y = 0; y < rows; y++) {
        const atA = startA + y * a.width
        const atB = startB + y * b.width
        let sum = 0
        for (let x = 0; x < columns; x++)
          sum += (a.values[atA + x] - meansA[i]) * (b.values[atB + x] - meansB[j])
        total += sum
      }
      sums[i * size + j] = total
    }
  }
  return sums
}

/** The mean of each place of a window over all windows. */
function windowMeans({ values, width, height }: Plane, radius: number): Float64Array {
  const rows = height - radius + 1
  const columns = width - radius + 1
  return Float64Array.from({ length: radius * radius }, (_, place) => {
    const start = Math.floor(place / radius) * width + (place % radius)
    let total = 0
    for (let y = 0; y < rows; y++) {
      let sum = 0
      for (let x = 0; x < columns; x++) sum += values[start + y * width + x]
      total += sum
    }
    return total / (rows * columns)
  })
}

/** For each row r of `rows`: the x with matrix · x = r. The matrix is symmetric and positive definite. */
function solveTransposed(matrix: Float64Array, rows: Float64Array, size: number): Float64Array {
  const factor = cholesky(matrix, size)
  const solved = rows.slice()
  for (let r = 0; r < size; r++) {
    const x = solved.subarray(r * size, (r + 1) * size)
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < i; k++) x[i] -= factor[i * size + k] * x[k]
      x[i] /= factor[i * size + i]
    }
    for (let i = size - 1; i >= 0; i--) {
      for (let k = i + 1; k < size; k++) x[i] -= factor[k * size + i] * x[k]
      x[i] /= factor[i * size + i]
    }
  }
  return solved
}

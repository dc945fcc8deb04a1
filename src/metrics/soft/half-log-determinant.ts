import { cholesky } from './cholesky.ts'

/** Added to the diagonal of the Cholesky factor, as the reference of RMI does, so that no logarithm is infinite. */
const floor = 1e-8

/** Half of the logarithm of the determinant of a symmetric positive definite matrix: Σ ln L_kk of its Cholesky factor. */
export function halfLogDeterminant(matrix: Float64Array, size: number): number {
  const factor = cholesky(matrix, size)
  let sum = 0
  for (let k = 0; k < size; k++) sum += Math.log(factor[k * size + k] + floor)
  return sum
}

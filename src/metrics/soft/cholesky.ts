/**
 * The lower triangular L with L Lᵀ = the matrix, row by row. What rounding makes of a pivot that should be 0 may be
 * slightly negative: it then stands at 0.
 * @param matrix symmetric and positive semidefinite, size × size
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * size + j]
      for (let k = 0; k < j; k++) rest -= factor[i * size + k] * factor[j * size + k]
      if (i === j) factor[i * size + i] = Math.sqrt(Math.max(0, rest))
      else factor[i * size + j] = factor[j * size + j] === 0 ? 0 : rest / factor[j * size + j]
    }
  return factor
}

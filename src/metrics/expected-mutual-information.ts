import { NeumaierSum } from './neumaier-sum.ts'
import type { Score } from './undefined-score.ts'

export function expectedMutualInformation(
  rowSums: Float64Array,
  columnSums: Float64Array,
  total: number,
): Score {
  if (rowSums.length === 1 || columnSums.length === 1) return 0
  const sum = new NeumaierSum()
  for (const a of rowSums) for (const b of columnSums) sum.add(expectedTerm(a, b, total))
  return sum.value / total
}

/** E[n ln(n/μ) − n + μ] for n hypergeometric. */
function expectedTerm(a: number, b: number, total: number): number {
  const mean = (a * b) / total
  const d = total - a - b
  const mode = Math.floor(((a + 1) * (b + 1)) / (total + 2))
  const h = (n: number) => (n === 0 ? mean : n * Math.log(n / mean) - n + mean)
  let weights = 1
  let terms = h(mode)
  let w = 1
  for (let n = mode + 1; n <= Math.min(a, b); n++) {
    w *= ((a - n + 1) * (b - n + 1)) / (n * (d + n))
    weights += w
    terms += w * h(n)
    if (w < 1e-22) break
  }
  w = 1
  for (let n = mode - 1; n >= Math.max(0, -d); n--) {
    w *= ((n + 1) * (d + n + 1)) / ((a - n) * (b - n))
    weights += w
    terms += w * h(n)
    if (w < 1e-22) break
  }
  return terms / weights
}

/** a·b − c·d, rounded once: exact for integers, of any size, but for that; for other numbers that of the rounded products. */
export function differenceOfProducts(a: number, b: number, c: number, d: number): number {
  const left = a * b
  const right = c * d
  if (left <= Number.MAX_SAFE_INTEGER && right <= Number.MAX_SAFE_INTEGER) return left - right
  return Number(BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d))
}

/** The sum of numbers, rounded once, by way of integers: a double is an integer times a power of two. */
export function sumOfIntegers(values: readonly number[]): number {
  const scale = 2n ** 1100n
  const asInteger = (value: number): bigint => {
    let exponent = 0
    let scaled = value
    while (!Number.isInteger(scaled)) {
      scaled *= 2
      exponent++
    }
    return (BigInt(scaled) * scale) / 2n ** BigInt(exponent)
  }
  const total = values.reduce((sum, value) => sum + asInteger(value), 0n)
  const negative = total < 0n
  const digits = (negative ? -total : total).toString(2)
  // 253 leading bits, and a mark for what was cut off, are enough to round correctly.
  const shift = Math.max(0, digits.length - 253)
  const cut = digits.slice(digits.length - shift).includes('1')
  const head = BigInt(`0b${digits.slice(0, digits.length - shift)}`) | (cut ? 1n : 0n)
  let result = Number(head)
  for (let exponent = 1100 - shift; exponent > 0; exponent -= 500) result /= 2 ** Math.min(exponent, 500)
  result *= 2 ** Math.max(0, shift - 1100)
  return negative ? -result : result
}

import { Refusal } from '../../problems/refusal.ts'

/**
 * The sum of two counts, exactly.
 * @throws Refusal LABEL_OUT_OF_RANGE where it passes 2^53 − 1
 */
export function addCounts(a: number, b: number): number {
  const sum = a + b
  if (sum <= Number.MAX_SAFE_INTEGER) return sum
  throw new Refusal('LABEL_OUT_OF_RANGE', 'The counts of the dataset add up to more than 2^53 - 1.')
}

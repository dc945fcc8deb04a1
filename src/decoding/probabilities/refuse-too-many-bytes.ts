import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'

/**
 * Refuses a probability map by what its header claims, before anything is allocated.
 * @throws Refusal IMAGE_TOO_LARGE
 */
export function refuseTooManyBytes(bytes: number, what: string, { maxProbabilityBytes }: Limits): void {
  if (bytes <= maxProbabilityBytes) return
  throw new Refusal(
    'IMAGE_TOO_LARGE',
    `The probabilities (${what}) take ${bytes} bytes; the limit is ${maxProbabilityBytes}.`,
  ).advising(
    'Save them as float16 or uint8 (255 is 1), crop or tile the map, or ask the operator for a higher limit of bytes of probability maps.',
  )
}
